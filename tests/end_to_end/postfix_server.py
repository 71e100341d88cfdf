"""A real Postfix on loopback with STARTTLS and login (Dovecot SASL), from a private configuration.

Needs root, because Postfix drops rights itself. Whatever it accepts, for any address, lands in
one Maildir; nothing leaves the machine.
"""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.mail_server import Certificates

USER = "office@harbor.example"
PASSWORD = "wörd from the practice"
_NOBODY = "nobody"
_PATIENCE = 30.0


def why_not() -> str:
    """Why Postfix cannot be run here; empty where it can."""
    if os.name != "posix" or os.geteuid() != 0:
        return "Postfix needs root"
    missing = [name for name in ("postfix", "dovecot") if shutil.which(name) is None]
    return f"not installed: {', '.join(missing)}" if missing else ""


@dataclass
class PostfixServer:
    """`with PostfixServer(certificates) as server:`; `server.port`, `server.messages()`.

    Its folder is not below pytest's, which other users of the system may not enter.
    """

    certificates: Certificates
    port: int = 0
    folder: Path = field(init=False)

    def __enter__(self) -> Self:
        self.port = _free_port()
        self.folder = Path(tempfile.mkdtemp(prefix="postfix-"))
        self.folder.chmod(0o755)
        self._write()
        self._run("postfix", "-c", str(self.folder / "etc"), "start")
        self._run("dovecot", "-c", str(self.folder / "dovecot.conf"))
        self._wait_until_it_listens()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        subprocess.run(
            ["postfix", "-c", str(self.folder / "etc"), "stop"], check=False, capture_output=True
        )
        subprocess.run(
            ["doveadm", "-c", str(self.folder / "dovecot.conf"), "stop"],
            check=False,
            capture_output=True,
        )
        shutil.rmtree(self.folder, ignore_errors=True)

    def messages(self) -> list[bytes]:
        """What was delivered, oldest first."""
        files = (self.folder / "mail" / "inbox" / "new").glob("*")
        return [file.read_bytes() for file in sorted(files, key=lambda f: f.stat().st_mtime_ns)]

    def log(self) -> str:
        """What Postfix and Dovecot wrote, for a test that fails."""
        files = (self.folder / "postfix.log", self.folder / "dovecot.log")
        return "\n".join(f.read_text("utf-8", "replace") for f in files if f.exists())

    def _run(self, *command: str) -> None:
        # A daemon keeps what it inherits: with a pipe this would wait for its end.
        with (self.folder / "start.log").open("w+", encoding="utf-8") as output:
            done = subprocess.run(
                command,
                check=False,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                timeout=_PATIENCE,
            )
            output.seek(0)
            if done.returncode:
                raise RuntimeError(f"{command[0]}: {output.read()}{self.log()}")

    def _wait_until_it_listens(self) -> None:
        deadline = time.monotonic() + _PATIENCE
        while time.monotonic() < deadline:
            with socket.socket() as probe:
                probe.settimeout(1)
                if probe.connect_ex(("127.0.0.1", self.port)) == 0 and probe.recv(3) == b"220":
                    return
        raise RuntimeError(f"Postfix does not listen\n{self.log()}")

    def _write(self) -> None:
        nobody = pwd.getpwnam(_NOBODY)
        mail = self.folder / "mail"
        for folder in (self.folder / "etc", self.folder / "spool", self.folder / "data", mail):
            folder.mkdir(parents=True)
        shutil.chown(mail, nobody.pw_uid, nobody.pw_gid)
        shutil.chown(self.folder / "data", "postfix", "postfix")
        (self.folder / "users").write_text(f"{USER}:{{PLAIN}}{PASSWORD}\n", encoding="utf-8")
        (self.folder / "users").chmod(0o644)
        for kept in ("ca_file", "chain_file", "key_file"):
            shutil.copy(getattr(self.certificates, kept), self.folder / "etc")
        (self.folder / "etc" / "main.cf").write_text(self._main(nobody.pw_uid, nobody.pw_gid))
        (self.folder / "etc" / "master.cf").write_text(_MASTER.format(port=self.port))
        (self.folder / "dovecot.conf").write_text(self._dovecot())

    def _main(self, uid: int, gid: int) -> str:
        key = self.folder / "etc" / self.certificates.key_file.name
        chain = self.folder / "etc" / self.certificates.chain_file.name
        return f"""
compatibility_level = 3.6
queue_directory = {self.folder}/spool
data_directory = {self.folder}/data
maillog_file = {self.folder}/postfix.log
maillog_file_prefixes = {self.folder}
mail_owner = postfix
setgid_group = postdrop
myhostname = mail.harbor.example
mydestination =
mynetworks =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
virtual_mailbox_domains = static:all
virtual_mailbox_base = {self.folder}/mail
virtual_mailbox_maps = static:inbox/
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
virtual_minimum_uid = 1
smtpd_tls_security_level = encrypt
smtpd_tls_chain_files = {key}, {chain}
smtpd_tls_auth_only = yes
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = private/auth
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_recipient_restrictions = permit_sasl_authenticated, reject
smtputf8_enable = yes
"""

    def _dovecot(self) -> str:
        return f"""
base_dir = {self.folder}/dovecot
instance_name = practice-test
log_path = {self.folder}/dovecot.log
protocols =
ssl = no
auth_mechanisms = plain login
disable_plaintext_auth = no
auth_verbose = yes
auth_verbose_passwords = plain
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u {self.folder}/users
}}
userdb {{
  driver = static
  args = uid=nobody gid=nogroup home=/nonexistent
}}
service auth {{
  unix_listener {self.folder}/spool/private/auth {{
    mode = 0660
    user = postfix
    group = postfix
  }}
}}
service anvil {{
  chroot =
}}
"""


_MASTER = """
127.0.0.1:{port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
tlsmgr unix - - n 1000? 1 tlsmgr
virtual unix - n n - - virtual
error unix - - n - - error
retry unix - - n - - error
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
