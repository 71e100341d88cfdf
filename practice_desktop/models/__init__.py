"""Tables, legal state transitions, migrations. Knows nothing of services, gateways or Qt."""
