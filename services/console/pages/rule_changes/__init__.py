"""Changes of the rules: a number is changed, tried on the past, handed in, approved, published and taken back."""
