"""The environment: assignments of example and environment files, what their values are, and what code reads. No value leaves this folder."""
