"""`psmf protos`: the contract of the suite, complete to compile. `google/protobuf` is Google's, unchanged."""
