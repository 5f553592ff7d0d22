package dev.weft.kotlin

import dev.weft.ReturnWhen
import dev.weft.Task
import java.io.IOException
import java.util.concurrent.TimeoutException
import kotlin.time.Duration
import kotlin.time.Duration.Companion.hours
import kotlin.time.Duration.Companion.milliseconds
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatThrownBy
import org.junit.jupiter.api.Test

/** Calls of tasks that were started before. */
class TasksTest {

    private fun tasks(): List<Task<Int>> = (1..3).map { n -> createTask("t$n") { n } }

    private fun endless(): Task<Int> = createTask {
        sleep(Duration.INFINITE)
        0
    }

    @Test
    fun gatherOfTasks(): Unit = runMain {
        // snippet gatherTasks
        val tasks = listOf("a", "b").map { name -> createTask { "page of $name" } }
        assertThat(tasks.gather()).containsExactly("page of a", "page of b")
        // end
        assertThat(tasks.toSet().gather()).containsExactly("page of a", "page of b")
        assertThat(emptyList<Task<Int>>().gather()).isEmpty()
    }

    @Test
    fun gatherOfTasks_oneFails_cancelsTheOthers(): Unit = runMain {
        val other = endless()
        val failing = createTask<Int> { throw IOException("on purpose") }
        assertThatThrownBy { listOf(other, failing).gather() }.isInstanceOf(IOException::class.java)
        assertThat(other.isCancelled).isTrue()
    }

    @Test
    fun settleOfTasks(): Unit = runMain {
        assertThat(tasks().settle().map { it.get() }).containsExactly(1, 2, 3)
    }

    @Test
    fun raceOfTasks(): Unit = runMain {
        val loser = endless()
        assertThat(listOf(loser, createTask { 1 }).race()).isEqualTo(1)
        assertThat(loser.isCancelled).isTrue()
    }

    @Test
    fun asCompletedOfTasks(): Unit = runMain {
        val tasks = tasks()
        assertThat(tasks.asCompleted().map { it.task() }).containsExactlyInAnyOrderElementsOf(tasks)
        assertThat(tasks.asCompleted(1.hours).map { it.await() }).containsExactlyInAnyOrder(1, 2, 3)
    }

    @Test
    fun waitUntilOfTasks(): Unit = runMain {
        val tasks = tasks()
        assertThat(tasks.waitUntil(ReturnWhen.ALL_COMPLETED).done()).containsExactlyElementsOf(tasks)
        val late = endless()
        assertThat(listOf(late).waitUntil(ReturnWhen.FIRST_COMPLETED, 1.milliseconds).pending()).containsExactly(late)
    }

    @Test
    fun waitForATask(): Unit = runMain {
        assertThat(createTask { 1 }.waitFor(1.hours)).isEqualTo(1)
        val late = endless()
        assertThatThrownBy { late.waitFor(1.milliseconds) }.isInstanceOf(TimeoutException::class.java)
        assertThat(late.isCancelled).isTrue()
    }

    @Test
    fun shieldOfATask(): Unit = runMain {
        val task = endless()
        assertThat(moveOnAfter(1.milliseconds) { task.shield() }).isNull()
        assertThat(task.isDone).isFalse()
        assertThat(createTask { 1 }.shield()).isEqualTo(1)
    }

    @Test
    fun tasksOfDifferentTypes(): Unit = runMain {
        val tasks = listOf(createTask { 1 }, createTask { "a" })
        assertThat(tasks.gather()).containsExactly(1, "a")
        assertThat(tasks.settle()).hasSize(2)
        assertThat(tasks.race()).isIn(1, "a")
        assertThat(tasks.asCompleted().map { it.await() }).containsExactlyInAnyOrder(1, "a")
        assertThat(tasks.asCompleted(1.hours).map { it.await() }).containsExactlyInAnyOrder(1, "a")
        val any: List<Task<*>> = tasks
        assertThat(any.waitUntil(ReturnWhen.ALL_COMPLETED).done()).hasSize(2)
    }
}
