"""The rules service's bilingual files, one for each noun: domain values as protobuf, and back."""
