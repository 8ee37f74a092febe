"""Changes of the rules on pages: views, forms, doors and the journey of two people."""
