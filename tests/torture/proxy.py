"""Stands before the server and loses answers: the server has committed, the client never hears."""

import asyncio
import random
import threading

# Of the answers that are lost, this share breaks off in the middle instead.
HALVES = 0.25
BROKEN = (OSError, asyncio.IncompleteReadError, ValueError)


async def message(reader: asyncio.StreamReader) -> tuple[bytes, bytes]:
    """Head and body of a request or an answer that says its length."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = 0
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    return head, await reader.readexactly(length)


class Proxy:
    def __init__(self, upstream: int, *, share: float, chance: random.Random) -> None:
        self.upstream, self.share, self.chance = upstream, share, chance
        self.passed = self.dropped = 0
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever)

    def __enter__(self) -> "Proxy":
        self.thread.start()
        starting = asyncio.start_server(self.serve, "127.0.0.1", 0, backlog=1024)
        self.server = asyncio.run_coroutine_threadsafe(starting, self.loop).result()
        self.port = self.server.sockets[0].getsockname()[1]
        return self

    def __exit__(self, *problem: object) -> None:
        asyncio.run_coroutine_threadsafe(self.close(), self.loop).result()
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()

    async def close(self) -> None:
        """The clients have hung up, so every connection is about to end by itself."""
        self.server.close()
        if serving := asyncio.all_tasks() - {asyncio.current_task()}:
            await asyncio.wait(serving)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        up = None
        try:
            back, up = await asyncio.open_connection("127.0.0.1", self.upstream)
            while True:
                head, body = await message(reader)
                up.write(head + body)
                answer, content = await message(back)
                if self.loses(answer):
                    if self.chance.random() < HALVES:
                        writer.write(answer + content[: len(content) // 2])
                        await writer.drain()
                    break
                writer.write(answer + content)
                await writer.drain()
        except BROKEN:  # the client is told nothing: its connection ends
            pass
        finally:
            for end in (writer, up):
                if end is not None:
                    end.close()

    def loses(self, answer: bytes) -> bool:
        """Only what was committed counts, so that the share is one of those."""
        if not answer.startswith(b"HTTP/1.1 200"):
            return False
        lost = self.chance.random() < self.share
        self.dropped += lost
        self.passed += not lost
        return lost
