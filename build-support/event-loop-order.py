"""Random programs of asyncio's base operations, and the order in which CPython runs them.

    python3 build-support/event-loop-order.py record > core/src/test/resources/event-loop-order.txt
    python3 build-support/event-loop-order.py run < programs

The test AsyncioOrderTest runs the recorded programs on Weft's event loops and compares the traces. A program is a list
of tasks, a task is (name flags statement...), a statement is (operation argument...): `Run.step` has the operations.
`run` prints the trace of each program; and why that is not to be recorded, if so.

The clock is virtual: it jumps when nothing is ready. Timers of one deadline go off in the order of their setting. A
program that shows a difference which docs/guide/from-asyncio.md lists is not recorded: the calls of `differs`. Where
CPython has changed its mind since 3.11, this has the newer behaviour: `Group`, `Task.uncancel`, `wait_for`.
"""
import asyncio
import collections
import logging
import platform
import sys
from asyncio import CancelledError

MASK = (1 << 64) - 1


class Random:
    """A generator of its own, so that each version of Python draws the same programs."""

    def __init__(self, seed): self.state = (seed * 2862933555777941757 + 3037000493) & MASK

    def below(self, bound):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) & MASK
        return (self.state >> 33) % bound

    def one_of(self, choices): return choices[self.below(len(choices))]


# ---- programs

COMMON = 'y s c w k'.split()
ALL = COMMON + 'y s c w k sh wf ga se tg to wa1 wax waa ac lk sm ew es ec cw cn ca qp qg dc x'.split()

# What makes sense only together.
TOGETHER = ['sh', 'wf', 'ga', 'se', 'tg', 'to', 'wa1 wax waa', 'ac', 'lk', 'sm', 'ew es ec', 'cw cn ca', 'qp qg', 'dc',
            'x']
NESTED = {'c', 'ga', 'se', 'tg', 'to', 'lk', 'sm'}


class Generator:
    def __init__(self, seed, ops=None):
        self.r = Random(seed)
        self.ops = ops or COMMON + ' '.join(self.r.one_of(TOGETHER) for _ in range(4)).split()
        self.count = 0
        self.finished = []  # may be awaited: the tasks of the text that are complete. No task awaits in a circle so.
        self.named = []

    def program(self):
        return [self.task(2, True) for _ in range(2 + self.r.below(3))]

    def name(self):
        n = self.count
        self.count += 1
        return chr(97 + n % 26) * (1 + n // 26)

    def task(self, depth, is_named):
        name = self.name()
        flags = self.r.one_of(['n', 'n', 'n', 'n', 's', 'b', 'x', 'f'])
        if is_named:
            self.named.append(name)
        task = [name, flags] + self.body(depth, name, frozenset())
        if is_named:
            self.finished.append(name)
        return task

    def body(self, depth, me, held):
        return [self.statement(depth, me, held) for _ in range(1 + self.r.below(4))]

    def names(self, me):
        others = [n for n in self.named if n != me] or self.named
        return list(dict.fromkeys(self.r.one_of(others) for _ in range(1 + self.r.below(3))))

    def statement(self, depth, me, held):
        r = self.r
        op = r.one_of(self.ops)
        if depth == 0 and op in NESTED or op in held or op in ('w', 'sh', 'wf') and not self.finished:
            op = 'y'
        if op in ('cw', 'cn', 'ca', 'lk', 'sm'):
            held = held | {op}
        match op:
            case 's': return [op, str(1 + r.below(4))]
            case 'c': return [op, self.task(depth - 1, True)]
            case 'ga' | 'se': return [op] + [self.task(depth - 1, False) for _ in range(1 + r.below(3))]
            case 'tg':
                tasks = [self.task(depth - 1, True) for _ in range(1 + r.below(2))]
                return [op, tasks] + (self.body(depth - 1, me, held) if r.below(2) else [])
            case 'to': return [op, str(1 + r.below(4))] + self.body(depth - 1, me, held)
            case 'lk' | 'sm': return [op] + self.body(depth - 1, me, held)
            case 'w' | 'sh': return [op, r.one_of(self.finished)]
            case 'wf': return [op, str(1 + r.below(5)), r.one_of(self.finished)]
            case 'k' | 'dc': return [op, r.one_of(self.named)]
            case 'wa1' | 'wax' | 'waa' | 'ac': return [op, str(1 + r.below(6))] + self.names(me)
            case _: return [op]


def text(node): return node if isinstance(node, str) else '(' + ' '.join(map(text, node)) + ')'


def parse(line):
    stack = [[]]
    for token in line.replace('(', ' ( ').replace(')', ' ) ').split():
        if token == '(':
            stack.append([])
        elif token == ')':
            node = stack.pop()
            stack[-1].append(node)
        else:
            stack[-1].append(token)
    return stack[0][0]


# ---- running one

class Loop(asyncio.SelectorEventLoop):
    """Virtual time, in whole units; a timer's place among those of its deadline is a small fraction of one."""

    def __init__(self):
        super().__init__()
        self.now, self.timers, self._clock_resolution = 0.0, 0, 0.1
        self.deadlines = collections.Counter()
        self.real, self._selector = self._selector, self

    def time(self): return self.now

    def call_at(self, when, *args, **kwargs):
        self.timers += 1
        self.deadlines[round(when)] += 1
        return super().call_at(round(when) + self.timers * 1e-6, *args, **kwargs)

    def select(self, timeout=None):
        if timeout is None:
            raise SystemExit('nothing is left to wait for')
        if timeout > 0:
            self.now = float(round(self.now + timeout))
        return []

    def close(self):
        self._selector = self.real
        super().close()


class Boom(Exception): pass


class Differs(Exception): pass


class NewestFirst(dict):
    """A set in the order of Weft's groups; that of asyncio's is of no promised order."""

    def __iter__(self): return reversed(list(super().__iter__()))

    def add(self, member): self[member] = True

    def discard(self, member): self.pop(member, None)


class Group(asyncio.TaskGroup):
    """As of Python 3.13, which leaves no request of the group standing, and repeats one from elsewhere."""

    async def __aenter__(self):
        await super().__aenter__()
        self.woken_from, self.is_telling = None, False
        self._tasks = NewestFirst()
        return self

    async def __aexit__(self, *thrown):
        me, requested = asyncio.current_task(), self._parent_cancel_requested
        me.group = self
        try:
            return await super().__aexit__(*thrown)
        except BaseExceptionGroup:
            if self._parent_cancel_requested and not requested:
                me.uncancel()
            if me.cancelling():
                RUN.differs('a group repeats a request')
                me.uncancel()
                asyncio.tasks._PyTask.cancel(me)
            raise

    def stops(self): return self._aborting and not self.is_telling

    def _on_task_done(self, task):
        waits, was_asked = self._on_completed_fut, self._parent_cancel_requested
        if waits and waits is self.woken_from and len(self._tasks) == 1:
            RUN.differs('a group ends in the round in which a failure has woken it')
        self.is_telling = True
        super()._on_task_done(task)
        self.is_telling = False
        if self._parent_cancel_requested and not was_asked:
            self.woken_from = waits


class Signals(collections.deque):
    def append(self, signal):
        asyncio.current_task().signal = signal
        super().append(signal)


class Condition(asyncio.Condition):
    def __init__(self):
        super().__init__()
        self._waiters = Signals()

    async def wait(self):
        try:
            await super().wait()
        except CancelledError:
            if not asyncio.current_task().signal.cancelled():
                RUN.differs('a signalled waiter is cancelled')  # as of Python 3.13 the signal goes to the next one
            raise


class Queue(asyncio.Queue):
    waiting_to_get = waiting_to_put = 0


RUN = None


class Task(asyncio.tasks._PyTask):
    group = None  # the last one whose end this waits for, or has waited for
    shielded = None  # the last one that this waits for, or has waited for, by a shield
    has_callbacks = False

    def uncancel(self):
        """As of Python 3.13: a request that is withdrawn is not delivered."""
        left = super().uncancel()
        if left == 0:
            self._must_cancel = False
        return left

    def cancel(self, msg=None):
        if not self.done():
            if self is asyncio.current_task():
                RUN.differs('a task cancels itself')
            if isinstance(self._fut_waiter, (Task, asyncio.tasks._GatheringFuture)):
                RUN.differs('a task is cancelled while it awaits another one')
            if self.shielded and self.shielded.done():
                RUN.differs('a task is cancelled when what it shields has ended')
            if self.group and self.group.stops() and self._fut_waiter is self.group._on_completed_fut:
                RUN.differs('a task is cancelled again while its group stops')
        return super().cancel(msg)


class Run:
    def __init__(self, program):
        self.program, self.log, self.tasks, self.time, self.why = program, [], {}, 0, None
        self.is_over = False

    def differs(self, why):
        if not self.is_over:
            self.why = self.why or why

    def trace(self):
        global RUN
        RUN = self
        loop = Loop()
        loop.set_task_factory(lambda loop, coro, **kwargs: Task(coro, loop=loop, **kwargs))
        try:
            loop.run_until_complete(self.main())
        finally:
            loop.close()
        return ' '.join(self.log)

    async def main(self):
        self.lock, self.sem, self.event = asyncio.Lock(), asyncio.Semaphore(1), asyncio.Event()
        self.condition, self.queue = Condition(), Queue(1)
        for task in self.program:
            self.create(task)
        loop = asyncio.get_running_loop()
        while (left := [task for task in self.tasks.values() if not task.done()]) and loop.time() < 40:
            await asyncio.wait(left, timeout=40 - loop.time())
        self.say(''.join(map(state, self.tasks.values())))
        self.is_over = True
        while left := [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]:
            for task in left:
                task.cancel()
            await asyncio.wait(left, timeout=1)

    def say(self, event):
        if self.is_over:
            return
        now = int(asyncio.get_running_loop().time())
        if now != self.time:
            self.log.append('@%d' % now)
            self.time = now
        self.log.append(event)

    def create(self, task, make=None):
        created = (make or asyncio.create_task)(self.body(task))
        self.tasks[task[0]] = created
        return created

    async def body(self, task):
        name, flags, *statements = task
        me = Me(name)
        self.say(name + '+')
        try:
            await self.steps(me, statements)
        except CancelledError:
            self.say(name + '~')
            if 's' in flags:
                asyncio.current_task().uncancel()
                return
            if 'b' in flags:
                raise Boom()
            raise
        finally:
            if 'f' in flags:
                await asyncio.sleep(0)
            self.say(name + '-')
        if 'x' in flags:
            raise Boom()

    async def steps(self, me, statements):
        for statement in statements:
            me.steps += 1
            number = me.steps
            result = await self.step(me, number, *statement)
            self.say(f'{me.name}{number}{result or ""}')

    def awaited(self, name):
        task = self.tasks[name]
        if task.has_callbacks and not task.done():
            self.differs('a task is awaited after it was given a callback')
        return task

    def others(self, names):
        tasks = [self.tasks[name] for name in names if name in self.tasks]
        return [task for task in tasks if task is not asyncio.current_task() and not task.done()]

    async def outcome(self, awaitable):
        try:
            await awaitable
            return 'V'
        except CancelledError:
            if asyncio.current_task().cancelling():
                raise
            return 'C'
        except Boom:
            return 'E'
        except TimeoutError:
            return 'T'

    def passes_over(self, waiters):
        if any(waiter.cancelled() for waiter in waiters or ()):
            self.differs('a waiter that was cancelled has not had its turn')

    def locked_condition(self):
        self.passes_over(self.condition._lock._waiters)
        if any(waiter.done() for waiter in self.condition._waiters):
            self.differs('somebody asks for the lock of a condition before a signalled waiter does')
        return self.condition

    async def step(self, me, number, op, *args):
        match op:
            case 'y': await asyncio.sleep(0)
            case 's': await asyncio.sleep(int(args[0]))
            case 'c': self.create(args[0])
            case 'w':
                if args[0] in self.tasks:
                    return await self.outcome(self.awaited(args[0]))
            case 'sh' | 'sr':  # Weft's takes one round less; the test adds one to sh
                if args[0] in self.tasks:
                    if op == 'sr':
                        self.differs('a shield takes one round more than an await')
                    asyncio.current_task().shielded = self.awaited(args[0])
                    return await self.outcome(asyncio.shield(self.awaited(args[0])))
            case 'wf':
                for task in self.others(args[1:]):
                    return await self.outcome(wait_for(self.awaited(args[1]), int(args[0])))
            case 'k':
                for task in self.others(args):
                    task.cancel()
            case 'ga':
                result = await self.outcome(asyncio.gather(*map(self.body, args)))
                if result != 'V':
                    self.differs('a gather fails')
                return result
            case 'se':
                ends = await asyncio.gather(*map(self.body, args), return_exceptions=True)
                return ''.join('C' if isinstance(end, CancelledError) else 'E' if end else 'V' for end in ends)
            case 'tg':
                try:
                    async with Group() as group:
                        for task in args[0]:
                            self.create(task, group.create_task)
                        await self.steps(me, args[1:])
                    return 'V'
                except BaseExceptionGroup as failed:
                    return f'E{leaves(failed)}'
            case 'to':
                try:
                    async with asyncio.timeout(int(args[0])):
                        await self.steps(me, args[1:])
                    return 'V'
                except TimeoutError:
                    return 'T'
            case 'wa1' | 'wax' | 'waa':
                when = {'1': asyncio.FIRST_COMPLETED, 'x': asyncio.FIRST_EXCEPTION, 'a': asyncio.ALL_COMPLETED}[op[2]]
                if tasks := self.others(args[1:]):
                    await asyncio.wait(tasks, return_when=when, timeout=int(args[0]))
                    return ''.join(map(state, tasks))
            case 'ac':
                if tasks := self.others(args[1:]):
                    for next_one in asyncio.as_completed(tasks, timeout=int(args[0])):
                        result = await self.outcome(next_one)
                        self.say(f'{me.name}{number}{result}')
                        if result == 'T':
                            if asyncio.get_running_loop().deadlines[self.time] > 1:
                                self.differs('the limit of as_completed comes together with another timer')
                            break
            case 'lk':
                self.passes_over(self.lock._waiters)
                async with self.lock:
                    self.say(f'{me.name}{number}[')
                    await self.steps(me, args)
            case 'sm':
                self.passes_over(self.sem._waiters)
                async with self.sem:
                    try:
                        self.say(f'{me.name}{number}[')
                        await self.steps(me, args)
                    finally:
                        self.passes_over(self.sem._waiters)
            case 'ew': await self.event.wait()
            case 'es': self.event.set()
            case 'ec': self.event.clear()
            case 'cw':
                async with self.locked_condition():
                    await self.condition.wait()
                    self.say(f'{me.name}{number}[')
            case 'cn':
                async with self.locked_condition(): self.condition.notify()
            case 'ca':
                async with self.locked_condition():
                    self.condition.notify_all()
                    if sum(waiter.done() for waiter in self.condition._waiters) > 1:
                        self.differs('several waiters of a condition are signalled')
            case 'qp':
                q = self.queue
                self.passes_over([*q._getters, *q._putters])
                if q.waiting_to_put and not q.full():
                    self.differs('a put overtakes another one')
                q.waiting_to_put += 1
                try:
                    await q.put(f'{me.name}{number}')
                finally:
                    q.waiting_to_put -= 1
            case 'qg':
                q = self.queue
                self.passes_over([*q._getters, *q._putters])
                if q.waiting_to_get and not q.empty():
                    self.differs('a get overtakes another one')
                q.waiting_to_get += 1
                try:
                    return '=' + await q.get()
                finally:
                    q.waiting_to_get -= 1
            case 'dc':
                if args[0] in self.tasks:
                    self.tasks[args[0]].has_callbacks = True
                    self.tasks[args[0]].add_done_callback(lambda task: self.say(f'{me.name}{number}*{state(task)}'))
            case 'x': raise Boom()
            case _: raise ValueError(op)


class Me:
    def __init__(self, name): self.name, self.steps = name, 0


async def wait_for(task, limit):
    """As of Python 3.12."""
    async with asyncio.timeout(limit):
        return await task


def state(task):
    return 'P' if not task.done() else 'C' if task.cancelled() else 'E' if task.exception() else 'V'


def leaves(group):
    return sum(leaves(e) if isinstance(e, BaseExceptionGroup) else 1 for e in group.exceptions)



# Weft's order was another one once: an end that came late woke a task from its next wait.
ONCE_WRONG = [
    '((a n (s 2)) (b n (waa 2 a) (c (c n (s 4))) (s 4)))',
    '((a n (s 4) (c (b n (c (c n (y)))))) (d n (waa 4 a) (ac 9 b)))',
    '((a n (s 1)) (b n (wax 9 a)) (c n (c (d n (wa1 9 b c) (tg ((e n (s 3))) (s 3)))) (wax 9 b)))',
    '((a n (s 1) (c (b n))) (c n (y) (wa1 9 a)) (d n (wa1 1 a) (waa 9 b)))',
]


def record(count, shortest=80, longest=600):
    print('# A program and its trace in turn, recorded from CPython %s.' % platform.python_version())
    print('# build-support/event-loop-order.py has the meaning, and records anew.')
    for program in ONCE_WRONG:
        print(program)
        print(Run(parse(program)).trace())
    seed = recorded = 0
    while recorded < count:
        run = Run(Generator(seed).program())
        trace = run.trace()
        if run.why is None and shortest <= len(trace) <= longest:
            print(text(run.program))
            print(trace)
            recorded += 1
        seed += 1


def main(command):
    logging.disable(logging.CRITICAL)
    if command == 'record':
        record(700)
    else:
        for line in sys.stdin:
            run = Run(parse(line))
            trace = run.trace()
            print(f'# {run.why}\n{line.strip()}\n{trace}' if run.why else trace)


if __name__ == '__main__':
    main(*sys.argv[1:])
