"""Health news by mail, for those who asked for it and confirmed."""
