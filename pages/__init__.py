"""The home page, standing pages, site alerts and menus: it composes what the features offer."""
