"""A Safeguarder's whole file, put together from what each service keeps."""
