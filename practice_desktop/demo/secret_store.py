"""A password store in memory: the demo never touches the one of the person who looks at it."""


class MemorySecretStore:
    """Fulfils ports.SecretStore; what it holds ends with the process."""

    def __init__(self) -> None:
        self._secrets: dict[str, str] = {}

    def read(self, name: str) -> str | None:
        return self._secrets.get(name)

    def write(self, name: str, secret: str) -> None:
        self._secrets[name] = secret

    def delete(self, name: str) -> None:
        self._secrets.pop(name, None)
