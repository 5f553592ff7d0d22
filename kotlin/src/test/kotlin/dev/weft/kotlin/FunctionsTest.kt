package dev.weft.kotlin

import dev.weft.Deadline
import dev.weft.ExceptionGroup
import dev.weft.Outcome
import dev.weft.Runner
import dev.weft.TaskLocal
import dev.weft.sync.RetryPolicy
import java.io.IOException
import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeoutException
import java.util.concurrent.atomic.AtomicInteger
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatThrownBy
import org.junit.jupiter.api.Test

/** Each function hands on to its call of Java's: with the value, the exception and the stop of it. */
class FunctionsTest {

    @Test
    fun emptyCallsReturnEmptyResults() {
        assertThat(gather<Int>()).isEmpty()
        assertThat(settle<Int>()).isEmpty()
        assertThat(asCompleted<Int>()).isEmpty()
    }

    @Test
    fun checkedExceptionsPassAsTheyAre() {
        val failure = IOException("no disk")
        assertThatThrownBy { gather({ 1 }, { throw failure }) }.isSameAs(failure)
        assertThatThrownBy { race({ throw failure }) }.isSameAs(failure)
        assertThatThrownBy { timeout(1.seconds) { throw failure } }.isSameAs(failure)
        assertThatThrownBy { mapConcurrent(listOf(1), 1) { throw failure } }.isSameAs(failure)
        assertThatThrownBy { taskGroup { createTask { throw failure } } }
            .isInstanceOfSatisfying(ExceptionGroup::class.java) { assertThat(it.exceptions()).containsExactly(failure) }
    }

    @Test
    fun combinesOfThreeToFive() {
        assertThat(combine({ 1 }, { 2 }, { 3 }) { a, b, c -> a + b + c }).isEqualTo(6)
        assertThat(combine({ 1 }, { 2 }, { 3 }, { 4 }) { a, b, c, d -> a + b + c + d }).isEqualTo(10)
        assertThat(combine({ 1 }, { 2 }, { 3 }, { 4 }, { 5 }) { a, b, c, d, e -> a + b + c + d + e }).isEqualTo(15)
    }

    @Test
    fun listsOfFunctions() {
        val bodies = listOf({ 1 }, { 2 })
        assertThat(settle(bodies).map { it.get() }).containsExactly(1, 2)
        assertThat(race(bodies)).isIn(1, 2)
        assertThat(asCompleted(bodies).map { it.await() }).containsExactlyInAnyOrder(1, 2)
        assertThat(asCompleted(bodies, 60.seconds).map { it.await() }).containsExactlyInAnyOrder(1, 2)
    }

    @Test
    fun severalCallsShareADeadline() {
        val deadline = Deadline.after(java.time.Duration.ofSeconds(60))
        assertThat(timeoutAt(deadline) { "in time" }).isEqualTo("in time")
        assertThat(moveOnAt(deadline) { "in time" }).isEqualTo("in time")
        assertThat(waitFor(60.seconds) { "in time" }).isEqualTo("in time")
        assertThatThrownBy { timeoutAt(Deadline.now()) { sleep(Duration.INFINITE) } }.isInstanceOf(TimeoutException::class.java)
        assertThat(moveOnAt(Deadline.now()) { sleep(Duration.INFINITE) }).isNull()
        assertThatThrownBy { waitFor(1.milliseconds) { sleep(Duration.INFINITE) } }.isInstanceOf(TimeoutException::class.java)
    }

    @Test
    fun theLimitIsMovedByItsReceiver() {
        val value = timeout(60.seconds) {
            reschedule(120.seconds)
            check(!expired())
            "in time"
        }
        assertThat(value).isEqualTo("in time")
        assertThatThrownBy { timeout(1.milliseconds) { sleep(Duration.INFINITE) } }.isInstanceOf(TimeoutException::class.java)
    }

    @Test
    fun moveOnAfterAndCancellableReturnNull() {
        assertThat(moveOnAfter<Int>(1.milliseconds) { sleep(Duration.INFINITE); 1 }).isNull()
        assertThat(moveOnAfter(60.seconds) { 1 }).isEqualTo(1)
        assertThat(cancellable<Int> { cancel(); sleep(Duration.INFINITE); 1 }).isNull()
        assertThat(cancellable { 1 }).isEqualTo(1)
    }

    @Test
    fun aGroupStartsChildrenAndIsCancelled() {
        val (name, ready) = taskGroup {
            val task = createTask("reader") { 1 }
            val ready = start<Int>("server") { it.set(7) }
            task.name() to ready
        }
        assertThat(name).isEqualTo("reader")
        assertThat(ready).isEqualTo(7)
        val ended = taskGroup {
            val child = createTask { sleep(Duration.INFINITE) }
            cancel()
            child
        }
        assertThat(ended.outcome()).isInstanceOf(Outcome.Cancelled::class.java)
    }

    @Test
    fun tasksOfARunThatWasStarted() {
        Runner.builder().start().use { app ->
            val task = createTask(app, "refresher") { 5 }
            assertThat(task.await()).isEqualTo(5)
            assertThat(task.name()).isEqualTo("refresher")
        }
    }

    @Test
    fun cancellationCalls() {
        assertThat(runMain { shield { 1 } + uninterrupted { 2 } + blocking { 3 } + abandonOnCancel { 4 } }).isEqualTo(10)
        val acted = CountDownLatch(1)
        assertThatThrownBy {
            timeout(1.milliseconds) { onCancel({ acted.countDown() }, Duration.INFINITE) { acted.await() ; sleep(1.milliseconds) } }
        }.isInstanceOf(TimeoutException::class.java)
    }

    @Test
    fun valuesThatNobodyGetsAreClosed() {
        val closed = AtomicInteger()
        assertThatThrownBy {
            gather(listOf(closing({ closed.incrementAndGet() }) { 1 }, Body { throw IOException("no disk") }))
        }.isInstanceOf(IOException::class.java)
        assertThat(closed.get()).isLessThanOrEqualTo(1)
    }

    @Test
    fun retryAndHedge() {
        val attempts = AtomicInteger()
        val value = retry(RetryPolicy.attempts(3)) { if (attempts.incrementAndGet() < 3) throw IOException("not yet") else "third" }
        assertThat(value).isEqualTo("third")
        assertThat(hedge(60.seconds, { "first" }, { "second" })).isEqualTo("first")
    }

    @Test
    fun taskLocals() {
        val tenant = TaskLocal.named<String>("tenant")
        assertThat(tenant.withValue("acme") { gather({ tenant.get() }).single() }).isEqualTo("acme")
    }

    @Test
    fun theCallersTraceBeginsWithTheUsersLine() {
        val failure = settle({ gather({ throw IOException("no disk") }) }).single() as Outcome.Failure
        val callers = failure.exception().suppressed.map { it.stackTrace.first().className }
        assertThat(callers).isNotEmpty().allMatch { it.startsWith("dev.weft.kotlin.FunctionsTest") }
    }
}
