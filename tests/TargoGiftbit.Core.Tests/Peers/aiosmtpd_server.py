"""Takes mail on a free port of loopback until standard input ends. Prints the port.

Usage: aiosmtpd_server.py FOLDER CERTIFICATE KEY starttls|implicit PLAIN|LOGIN
"""
import asyncio
import json
import pathlib
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

folder, certificate, key, tls, mechanism = sys.argv[1:]
context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
context.load_cert_chain(certificate, key)
count = 0


def sign_in(server, session, envelope, how, data):
    good = isinstance(data, LoginPassword) and how == mechanism and (tls == "implicit" or session.ssl is not None)
    good = good and (data.login, data.password) == (b"cadeaux@targo.ca", "s3same ouvre-toi".encode())
    return AuthResult(success=good, handled=False)


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("unknown"):
            return "550 5.1.1 no such customer"
        if address.startswith("later"):
            return "451 4.7.1 come again"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 ok"

    async def handle_DATA(self, server, session, envelope):
        global count
        count += 1
        name = pathlib.Path(folder, f"{count:05}")
        name.with_suffix(".eml").write_bytes(envelope.original_content)
        name.with_suffix(".env").write_text(json.dumps(
            {"from": envelope.mail_from, "to": envelope.rcpt_tos, "options": envelope.mail_options, "utf8": envelope.smtp_utf8}, ensure_ascii=False))
        return f"250 2.0.0 Ok: queued as Q{count}"


def factory():
    return SMTP(Handler(), tls_context=None if tls == "implicit" else context, require_starttls=tls == "starttls", auth_required=True,
                auth_require_tls=tls == "starttls", authenticator=sign_in, auth_exclude_mechanism=[m for m in ("PLAIN", "LOGIN") if m != mechanism],
                enable_SMTPUTF8=True, data_size_limit=300_000, hostname="localhost", loop=asyncio.get_running_loop())


async def main():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(factory, "127.0.0.1", 0, ssl=context if tls == "implicit" else None)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


asyncio.run(main())
