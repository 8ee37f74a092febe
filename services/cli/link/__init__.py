"""Commands about declared links."""
