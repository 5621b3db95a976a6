"""One search over what the features put in; it knows none of them."""
