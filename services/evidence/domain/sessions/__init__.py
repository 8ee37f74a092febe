"""Support sessions as evidence keeps them: the slot, the papers that go with it, and the record of what was said."""
