package dev.weft.kotlin

import dev.weft.ContextPropagator
import dev.weft.Outcome
import dev.weft.Runner
import dev.weft.Task
import dev.weft.Weft
import java.io.IOException
import java.util.concurrent.CancellationException
import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeUnit
import java.util.concurrent.TimeoutException
import java.util.concurrent.atomic.AtomicBoolean
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.delay
import kotlinx.coroutines.job
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import kotlinx.coroutines.yield
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatThrownBy
import org.junit.jupiter.api.Test

/** A task awaited by a coroutine, and a coroutine run by a task: results, failures, cancels and context, both ways. */
class CoroutinesTest {

    // ---- a coroutine awaits a task

    @Test
    fun awaitSuspending_returnsTheValue_evenIfItIsNull() {
        val value = runMain {
            val task: Task<String?> = createTask { null }
            runBlocking { task.awaitSuspending() }
        }
        assertThat(value).isNull()
    }

    @Test
    fun awaitSuspending_throwsWhatTheTaskThrew() {
        val outcome = runMain {
            val task = createTask<Int> { throw IOException("no disk") }
            settle({ runBlocking { task.awaitSuspending() } }).single()
        }
        assertThat((outcome as Outcome.Failure).exception()).isInstanceOf(IOException::class.java).hasMessage("no disk")
    }

    @Test
    fun awaitSuspending_ofACancelledTask_throwsCancellationException() {
        val outcome = runMain {
            val task = createTask<Unit> { sleep(Duration.INFINITE) }
            task.cancel("enough")
            settle({ runBlocking { task.awaitSuspending() } }).single()
        }
        assertThat(outcome).isNotInstanceOf(Outcome.Success::class.java)
        assertThatThrownBy { outcome.get() }.isInstanceOf(CancellationException::class.java)
    }

    @Test
    fun awaitSuspending_whoseCoroutineIsCancelled_cancelsTheTask_andWaitsForItsCleanUp() {
        val cleanedUp = AtomicBoolean()
        runMain {
            val sleeps = CountDownLatch(1)
            val task = createTask {
                try {
                    sleeps.countDown()
                    sleep(Duration.INFINITE)
                } finally {
                    shield { sleep(20.milliseconds) }
                    cleanedUp.set(true)
                }
            }
            sleeps.await()
            runBlocking {
                val waiter = async(start = CoroutineStart.UNDISPATCHED) { task.awaitSuspending() }
                waiter.cancel()
                waiter.join()
                assertThat(waiter.isCancelled).isTrue()
                assertThat(cleanedUp).isTrue()
                assertThat(task.isDone).isTrue()
            }
        }
    }

    @Test
    fun timeoutInACoroutine_isAFailure_andCancelsTheTask() {
        val outcome = runMain {
            val task = createTask { sleep(Duration.INFINITE) }
            // snippet limit
            val outcome = settle({ runBlocking { timeout(10.milliseconds) { task.awaitSuspending() } } }).single()
            assertThat(task.isDone).isTrue() // cancelled, and its clean-up has ended
            // end
            outcome
        }
        assertThat((outcome as Outcome.Failure).exception()).isInstanceOf(TimeoutException::class.java)
    }

    // ---- a task runs a coroutine

    @Test
    fun suspending_runsOnTheTasksThread_andReturnsItsValue() {
        for (runner in listOf(Runner.parallel(), Runner.eventLoop())) {
            runner.use {
                val value = it.runMain {
                    // snippet suspending
                    val task = Weft.currentTask()
                    suspending {
                        yield()
                        assertThat(Weft.currentTask()).isEqualTo(task)
                        val other = async { 20 }
                        other.await() + 1
                    }
                    // end
                }
                assertThat(value).isEqualTo(21)
            }
        }
    }

    @Test
    fun suspending_throwsWhatTheCoroutineThrew() {
        val outcome = settle({ suspending { throw IOException("no disk") } }).single()
        assertThat((outcome as Outcome.Failure).exception()).isInstanceOf(IOException::class.java)
    }

    @Test
    fun suspending_underATimeLimit_isCancelled_andCleansUpFirst() {
        for (runner in listOf(Runner.parallel(), Runner.eventLoop())) {
            runner.use {
                it.runMain {
                    val cleanedUp = AtomicBoolean()
                    assertThatThrownBy {
                        timeout(20.milliseconds) {
                            suspending {
                                try {
                                    awaitCancellation()
                                } finally {
                                    withContext(NonCancellable) { delay(20) }
                                    cleanedUp.set(true)
                                }
                            }
                        }
                    }.isInstanceOf(TimeoutException::class.java)
                    assertThat(cleanedUp).isTrue()
                    assertThat(Thread.currentThread().isInterrupted).isFalse()
                }
            }
        }
    }

    @Test
    fun suspending_onAnotherDispatcher_isCancelledWithItsTask() {
        val cleanedUp = AtomicBoolean()
        runMain {
            val begun = CountDownLatch(1)
            val task = createTask {
                suspending(Dispatchers.Default) {
                    try {
                        begun.countDown()
                        awaitCancellation()
                    } finally {
                        cleanedUp.set(true)
                    }
                }
            }
            assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue()
            task.cancel("enough")
            settle({ task.await() })
            assertThat(cleanedUp).isTrue()
            assertThat(task.outcome()).isInstanceOf(Outcome.Cancelled::class.java)
        }
    }

    @Test
    fun suspending_waitsForWhatItHasLaunched() {
        val launchedRan = AtomicBoolean()
        suspending {
            launch {
                yield()
                launchedRan.set(true)
            }
        }
        assertThat(launchedRan).isTrue()
    }

    @Test
    fun suspending_onAnEventLoop_letsOtherTasksRun() {
        Runner.eventLoop().use {
            it.runMain {
                val gate = CompletableDeferred<String>()
                val other = createTask { gate.complete("open") }
                assertThat(suspending { gate.await() }).isEqualTo("open")
                other.await()
            }
        }
    }

    // ---- context

    private val user = ThreadLocal<String?>()

    private val userPropagator = ContextPropagator {
        val captured = user.get()
        ContextPropagator.Snapshot {
            val before = user.get()
            user.set(captured)
            ContextPropagator.Restored { user.set(before) }
        }
    }

    @Test
    fun asContextElement_carriesContextFromATaskIntoACoroutine_andTakesItBack() {
        user.set("ann")
        val (inside, after) = propagate(userPropagator) {
            gather({
                suspending {
                    val inside = withContext(Dispatchers.Default + userPropagator.asContextElement()) { user.get() }
                    val after = withContext(Dispatchers.Default) { user.get() }
                    inside to after
                }
            }).single()
        }
        assertThat(inside).isEqualTo("ann")
        assertThat(after).isNull()
    }

    @Test
    fun contextElement_isWhatATaskOfACoroutineStartsWith() {
        user.set("bob")
        val seen = runBlocking {
            withContext(Dispatchers.Default + userPropagator.asContextElement()) {
                propagate(userPropagator) { gather({ user.get() }).single() }
            }
        }
        assertThat(seen).isEqualTo("bob")
    }

    @Test
    fun cancelOfACoroutine_doesNotReachABlockingGatherInIt_unlessItIsRunInterruptible() {
        val interrupted = runBlocking {
            val begun = CompletableDeferred<Unit>()
            val child = async(Dispatchers.IO) {
                // snippet interruptible
                kotlinx.coroutines.runInterruptible {
                    gather({
                        begun.complete(Unit)
                        sleep(Duration.INFINITE)
                    })
                }
                // end
            }
            begun.await()
            child.cancel()
            child.join()
            child.isCancelled && coroutineContext.job.isActive
        }
        assertThat(interrupted).isTrue()
    }

    @Test
    fun limitOfAnEnclosingCoroutine_isNotTakenForTheInnerOne() {
        assertThatThrownBy {
            runBlocking {
                kotlinx.coroutines.withTimeout(10.milliseconds) { timeout(60.seconds) { awaitCancellation() } }
            }
        }.isInstanceOf(kotlinx.coroutines.TimeoutCancellationException::class.java)
    }
}
