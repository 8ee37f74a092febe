"""The audit log of a service: who read and changed what about whom, in a form that shows what was changed since."""
