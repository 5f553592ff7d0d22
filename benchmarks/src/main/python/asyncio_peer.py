"""The workloads of the benchmarks on CPython's asyncio: measures one, and prints its samples as one line of JSON.

    asyncio_peer.py [--warmups N] [--iterations N] [--seconds S] WORKLOAD [SIZE]

A sample of "time" is nanoseconds per invocation, averaged over one iteration, as JMH does it; other samples are named
as in the table of workloads. An invocation does the whole batch, with the same number of items as there.
Needs Python 3.11 and its standard library.
"""

import argparse
import asyncio
import gc
import json
import math
import os
import subprocess
import sys
import time
import tracemalloc

LONG = 3600.0
LIMIT = 60.0


class Unchanged:
    """What most workloads are: only their time is measured."""

    def extras(self):
        return {}

    def forget(self):
        pass


class StartAndAwait(Unchanged):
    TASKS = 1000

    async def batch(self):
        async def body(number):
            return number

        total = 0
        for number in range(self.TASKS):
            total += await asyncio.create_task(body(number))
        return total


class Sized(Unchanged):
    def __init__(self, size):
        self.size = size


class Gather(Sized):
    LEAST = 1000

    async def batch(self):
        async def body(number):
            return number

        total = 0
        for _ in range(max(1, self.LEAST // self.size)):
            total += sum(await asyncio.gather(*[body(number) for number in range(self.size)]))
        return total


class Settle(Sized):
    FAILURE = RuntimeError("every tenth")

    async def batch(self):
        async def body(number):
            if number % 10 == 0:
                raise self.FAILURE
            return number

        outcomes = await asyncio.gather(*[body(number) for number in range(self.size)], return_exceptions=True)
        # Each raise has lengthened it by a frame.
        self.FAILURE.__traceback__ = None
        return sum(outcome if isinstance(outcome, int) else 1 for outcome in outcomes)


class MapConcurrent(Sized):
    LEAST = 10_000
    AT_ONCE = 64

    async def batch(self):
        permits = asyncio.Semaphore(self.AT_ONCE)

        async def body(number):
            async with permits:
                return number + 1

        total = 0
        for _ in range(max(1, self.LEAST // self.size)):
            total += sum(await asyncio.gather(*[body(number) for number in range(self.size)]))
        return total


class MapConcurrentWide(MapConcurrent):
    AT_ONCE = 1000


class MapSleepers(Sized):
    AT_ONCE = 1000

    async def batch(self):
        permits = asyncio.Semaphore(self.AT_ONCE)

        async def body(number):
            async with permits:
                await asyncio.sleep(0.01)
                return number + 1

        return sum(await asyncio.gather(*[body(number) for number in range(self.size)]))


class AsCompleted(Sized):
    LEAST = 10_000

    async def batch(self):
        async def body(number):
            return number

        total = 0
        for _ in range(max(1, self.LEAST // self.size)):
            for completed in asyncio.as_completed([body(number) for number in range(self.size)]):
                total += await completed
        return total


class AsCompletedSleepers(Sized):
    async def batch(self):
        async def body(number):
            await asyncio.sleep(number % 50 / 1000)
            return number

        total = 0
        for completed in asyncio.as_completed([body(number) for number in range(self.size)]):
            total += await completed
        return total


class TimeoutIdle(Unchanged):
    TIMES = 1000

    async def batch(self):
        for _ in range(self.TIMES):
            async with asyncio.timeout(LIMIT):
                pass


class TimeoutFires(Unchanged):
    TIMES = 10
    SHORT = 0.001

    async def batch(self):
        fired = 0
        for _ in range(self.TIMES):
            try:
                async with asyncio.timeout(self.SHORT):
                    await asyncio.sleep(LONG)
            except TimeoutError:
                fired += 1
        return fired


class NestedTimeouts(Unchanged):
    TIMES = 100
    DEPTH = 10

    async def batch(self):
        async def nest(depth):
            if depth == 0:
                return 1
            async with asyncio.timeout(LIMIT):
                return await nest(depth - 1)

        total = 0
        for _ in range(self.TIMES):
            total += await nest(self.DEPTH)
        return total


class CancelSleepers(Sized):
    async def batch(self):
        sleepers = [asyncio.create_task(asyncio.sleep(LONG)) for _ in range(self.size)]
        await asyncio.sleep(0)
        for sleeper in sleepers:
            sleeper.cancel()
        await asyncio.gather(*sleepers, return_exceptions=True)


class HandOver(Unchanged):
    TIMES = 10_000

    async def batch(self):
        there = asyncio.Queue(1)
        back = asyncio.Queue(1)

        async def throwing():
            for number in range(self.TIMES // 2):
                await there.put(number)
                await back.get()

        async def answering():
            for _ in range(self.TIMES // 2):
                await back.put(await there.get())

        await asyncio.gather(throwing(), answering())


class BoundedQueue(Unchanged):
    TIMES = 10_000
    CAPACITY = 16

    async def batch(self):
        queue = asyncio.Queue(self.CAPACITY)

        async def putting():
            for number in range(self.TIMES):
                await queue.put(number)

        async def taking():
            for _ in range(self.TIMES):
                await queue.get()

        await asyncio.gather(putting(), taking())


class UncontendedLock(Unchanged):
    TIMES = 10_000

    async def batch(self):
        count = 0
        lock = asyncio.Lock()
        for _ in range(self.TIMES):
            async with lock:
                count += 1
        return count


class UncontendedSemaphore(Unchanged):
    TIMES = 10_000
    PERMITS = 10

    async def batch(self):
        count = 0
        permits = asyncio.Semaphore(self.PERMITS)
        for _ in range(self.TIMES):
            async with permits:
                count += 1
        return count


class Yields(Unchanged):
    TASKS = 1000
    TIMES = 400

    async def batch(self):
        async def body():
            for _ in range(self.TIMES):
                await asyncio.sleep(0)

        await asyncio.gather(*[body() for _ in range(self.TASKS)])


class FanOut(Unchanged):
    REQUESTS = 1000
    CALLS = 5

    def __init__(self):
        self.latencies = []

    def forget(self):
        self.latencies = []

    async def batch(self):
        came = time.perf_counter_ns()

        async def call(number):
            await asyncio.sleep((number + 1) / 1000)
            return number

        async def request():
            total = sum(await asyncio.gather(*[call(number) for number in range(self.CALLS)]))
            self.latencies.append(time.perf_counter_ns() - came)
            return total

        await asyncio.gather(*[request() for _ in range(self.REQUESTS)])

    def extras(self):
        ordered = sorted(self.latencies)

        def percentile(share):
            return [ordered[math.ceil(share * len(ordered)) - 1] / 1e6]

        return {"p50": percentile(0.5), "p99": percentile(0.99), "p99.9": percentile(0.999)}


class Memory(Sized):
    """Counts what Python's allocator has given out for the tasks; asyncio has no other heap."""

    def __init__(self, size):
        super().__init__(size)
        self.bytes = 0.0

    async def batch(self):
        gc.collect()
        tracemalloc.start()
        before, _ = tracemalloc.get_traced_memory()
        sleepers = [asyncio.create_task(asyncio.sleep(LONG)) for _ in range(self.size)]
        await asyncio.sleep(0)
        gc.collect()
        after, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        self.bytes = (after - before) / self.size
        for sleeper in sleepers:
            sleeper.cancel()
        await asyncio.gather(*sleepers, return_exceptions=True)

    def extras(self):
        return {"bytes": [self.bytes]}


class StartUp(Unchanged):
    async def batch(self):
        return 1


class WholeProgram(Unchanged):
    """A program of ten tasks, in processes of its own."""

    RUNS = 10
    SOURCE = """
import asyncio
async def body(number):
    return number
async def main():
    await asyncio.gather(*[body(number) for number in range(10)])
asyncio.run(main())
"""

    def __init__(self):
        self.cpu = 0.0

    async def batch(self):
        before = os.times()
        for _ in range(self.RUNS):
            subprocess.run([sys.executable, "-c", self.SOURCE], check=True)
        after = os.times()
        used = after.children_user - before.children_user + after.children_system - before.children_system
        self.cpu = used * 1000 / self.RUNS

    def extras(self):
        return {"cpu": [self.cpu]}


WORKLOADS = {
    "start-await": StartAndAwait,
    "gather": Gather,
    "settle": Settle,
    "map-concurrent": MapConcurrent,
    "map-concurrent-wide": MapConcurrentWide,
    "map-sleepers": MapSleepers,
    "as-completed": AsCompleted,
    "as-completed-sleepers": AsCompletedSleepers,
    "timeout-idle": TimeoutIdle,
    "timeout-fires": TimeoutFires,
    "timeout-nested": NestedTimeouts,
    "cancel": CancelSleepers,
    "hand-over": HandOver,
    "queue": BoundedQueue,
    "lock": UncontendedLock,
    "semaphore": UncontendedSemaphore,
    "yield": Yields,
    "fan-out": FanOut,
    "memory": Memory,
    "start-up": StartUp,
    "program": WholeProgram,
}

ONCE = (Memory, StartUp, WholeProgram)


async def iteration(workload, seconds):
    """Runs batches until the time is over; returns nanoseconds per batch."""
    began = now = time.perf_counter_ns()
    batches = 0
    while batches == 0 or now - began < seconds * 1e9:
        await workload.batch()
        batches += 1
        now = time.perf_counter_ns()
    return (now - began) / batches


async def repeated(workload, warmups, iterations, seconds):
    for _ in range(warmups):
        await iteration(workload, seconds)
    workload.forget()
    return [await iteration(workload, seconds) for _ in range(iterations)]


def once(workload):
    """With the start of the event loop, as a program's first call has it."""
    began = time.perf_counter_ns()
    asyncio.run(workload.batch())
    return [float(time.perf_counter_ns() - began)]


def measure(workload, options):
    if isinstance(workload, ONCE):
        times = once(workload)
    else:
        times = asyncio.run(repeated(workload, options.warmups, options.iterations, options.seconds))
    return {"time": times, **workload.extras()}


def at_least(least):
    def convert(text):
        value = int(text)
        if value < least:
            raise ValueError(text)
        return value

    convert.__name__ = f"whole number of at least {least}"
    return convert


def positive(text):
    value = float(text)
    if not 0 < value < math.inf:
        raise ValueError(text)
    return value


def parse(arguments):
    parser = argparse.ArgumentParser(description="Measures one workload on asyncio.")
    parser.add_argument("--warmups", type=at_least(0), default=3, help="iterations that do not count (3)")
    parser.add_argument("--iterations", type=at_least(1), default=3, help="iterations that count (3)")
    parser.add_argument("--seconds", type=positive, default=1.0, help="how long an iteration lasts (1)")
    parser.add_argument("workload", choices=WORKLOADS)
    parser.add_argument("size", type=at_least(1), nargs="?")
    options = parser.parse_args(arguments)
    sized = issubclass(WORKLOADS[options.workload], Sized)
    if sized and options.size is None:
        parser.error(f"{options.workload} needs a size")
    if not sized and options.size is not None:
        parser.error(f"{options.workload} has no size; it was given {options.size}")
    return options


def main(arguments):
    if sys.version_info < (3, 11):
        sys.exit(f"asyncio_peer.py needs Python 3.11 or later; this is {sys.version.split()[0]}")
    options = parse(arguments)
    kind = WORKLOADS[options.workload]
    workload = kind() if options.size is None else kind(options.size)
    print(json.dumps({"samples": measure(workload, options)}))


if __name__ == "__main__":
    main(sys.argv[1:])
