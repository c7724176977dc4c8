"""Attacks on a server of this machine: connections that are slow, oversized or greedy, from loopback addresses."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from itertools import count

CRAWLERS = 40  # connections that follow facets
GREEDY_ADDRESSES = 8
DRIP_SECONDS = 1.0
HUGE = b"a" * 65_536
AREAS = ("head", "back", "chest", "skin", "sleep", "hands", "legs", "abdomen", "throat", "eyes")
WORDS = ("pain", "burning", "night", "tight", "numb", "dizzy", "heart", "fear", "breath", "muscle", "itch", "cold")

Attack = Callable[[int, str], Awaitable[None]]


async def open_connection(port: int, address: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Connect to the server from one of this machine's addresses."""
    return await asyncio.open_connection("127.0.0.1", port, local_addr=(address, 0))


async def drip_head(port: int, address: str) -> None:
    """Send the head of a request a few bytes a second, and never its end."""
    _, writer = await open_connection(port, address)
    writer.write(b"GET /?q=pain HTTP/1.1\r\nHost: localhost\r\n")
    for number in count():
        writer.write(b"X-%d: y\r\n" % number)
        await writer.drain()
        await asyncio.sleep(DRIP_SECONDS)


async def drip_body(port: int, address: str) -> None:
    """Announce a body of the largest size and send it a byte a second."""
    _, writer = await open_connection(port, address)
    writer.write(b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n")
    while True:
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(DRIP_SECONDS)


async def read_slowly(port: int, address: str) -> None:
    """Ask for long files again and again in one breath, and take no answer."""
    _, writer = await open_connection(port, address)
    writer.write(b"GET /works.json HTTP/1.1\r\nHost: localhost\r\n\r\n" * 5)
    await writer.drain()
    await asyncio.sleep(3_600)


async def send_huge_head(port: int, address: str) -> None:
    """Send one header without end."""
    reader, writer = await open_connection(port, address)
    writer.write(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: ")
    for _ in range(64):
        writer.write(HUGE)
        await writer.drain()
    await reader.read()


async def send_huge_body(port: int, address: str) -> None:
    """Send a body in chunks without end; or announce one of a terabyte."""
    reader, writer = await open_connection(port, address)
    if random.random() < 0.5:
        writer.write(b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000000000\r\n\r\n")
    else:
        writer.write(b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n")
        for _ in range(256):
            writer.write(b"%x\r\n%s\r\n" % (len(HUGE), HUGE))
            await writer.drain()
    await reader.read()


async def crawl_facets(port: int, address: str) -> None:
    """Follow one combination of filters after the other, as fast as they are answered."""
    reader, writer = await open_connection(port, address)
    while True:
        areas = "".join(f"&area={area}" for area in random.sample(AREAS, random.randint(0, 4)))
        words = "+".join(random.sample(WORDS, random.randint(1, 4)))
        path = f"/?q={words}{areas}&year={random.randint(2000, 2026)}&page={random.randint(1, 3)}"
        writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:"))
        await reader.readexactly(length)


ATTACKS: Mapping[str, tuple[tuple[Attack, int], ...]] = {  # name: attacks and their share of the connections in percent
    "calm": (),
    "slow heads": ((drip_head, 100),),
    "slow bodies": ((drip_body, 100),),
    "slow readers": ((read_slowly, 100),),
    "huge heads": ((send_huge_head, 20),),
    "huge bodies": ((send_huge_body, 20),),
    "facet crawlers": ((crawl_facets, 20),),
    "all at once": (
        (drip_head, 40),
        (drip_body, 20),
        (read_slowly, 10),
        (send_huge_head, 5),
        (send_huge_body, 5),
        (crawl_facets, 20),
    ),
}


async def keep_attacking(attack: Attack, port: int, address: str) -> None:
    """Attack again whenever the server has closed the connection."""
    while True:
        with suppress(OSError, EOFError, ValueError, StopIteration, asyncio.IncompleteReadError):
            await attack(port, address)
        await asyncio.sleep(0.05)


async def run_attack(name: str, port: int, connections: int, seconds: float) -> None:
    """Run one attack with so many connections in all for so many seconds."""
    tasks = []
    for attack, share in ATTACKS[name]:
        for number in range(connections * share // 100):
            address = f"127.0.1.{1 + number % GREEDY_ADDRESSES}"
            tasks.append(asyncio.create_task(keep_attacking(attack, port, address)))
    await asyncio.sleep(seconds)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def attack(name: str, port: int, connections: int, seconds: float) -> None:
    """Run one attack in a process of its own."""
    asyncio.run(run_attack(name, port, connections, seconds))
