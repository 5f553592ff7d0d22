package dev.weft.kotlin

import dev.weft.Task
import dev.weft.Weft
import java.time.Duration.ofSeconds
import java.util.concurrent.ConcurrentLinkedQueue
import kotlin.time.Duration.Companion.seconds
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test

private fun <T> runOutsideOfAClass(main: () -> T): T = run { main() }

/** The lines that a newcomer writes first, as they are written. */
class ThirteenLinesTest {

    private data class Page(val x: Int, val y: String)

    private val urls = listOf("a", "b", "c")
    private val stored = ConcurrentLinkedQueue<String>()

    private fun a() = 1

    private fun b() = "two"

    private fun value() = 3

    private fun main() = 4

    private fun fetch(url: String) = "page of $url"

    private fun store(url: String) {
        stored.add(url)
    }

    @Test
    fun gatherOfLambdas() {
        // snippet gather
        assertThat(gather({ a() }, { b() })).containsExactly(1, "two")
        // end
    }

    @Test
    fun gatherOfAList() {
        assertThat(gather(urls.map { url -> Body { fetch(url) } })).containsExactly("page of a", "page of b", "page of c")
        assertThat(gather(urls.map { url -> { fetch(url) } })).containsExactly("page of a", "page of b", "page of c")
    }

    @Test
    fun combineOfTwo() {
        assertThat(combine({ a() }, { b() }) { x, y -> Page(x, y) }).isEqualTo(Page(1, "two"))
    }

    @Test
    fun raceOfLambdas() {
        val first: Any = race({ a() }, { b() })
        assertThat(first).isIn(1, "two")
    }

    @Test
    fun settleOfLambdas() {
        assertThat(settle({ a() }, { b() }).map { it.get() }).containsExactly(1, "two")
    }

    @Test
    fun mapOfItems() {
        assertThat(mapConcurrent(urls, 64) { fetch(it) }).containsExactly("page of a", "page of b", "page of c")
    }

    @Test
    fun forEachOfItems() {
        forEachConcurrent(urls, 64) { store(it) }
        assertThat(stored).containsExactlyInAnyOrder("a", "b", "c")
    }

    @Test
    fun timeoutOfALambda() {
        val url = "a"
        assertThat(timeout(ofSeconds(2)) { fetch(url) }).isEqualTo("page of a")
        // snippet timeout
        assertThat(timeout(2.seconds) { fetch(url) }).isEqualTo("page of a")
        // end
    }

    @Test
    fun groupOfChildren() {
        val child: Task<Int> = taskGroup { g -> g.createTask { a() } }
        // snippet group
        val other: Task<Int> = taskGroup { createTask { a() } }
        // end
        assertThat(child.result() + other.result()).isEqualTo(2)
    }

    @Test
    fun runOfMain() {
        assertThat(run { main() }).isEqualTo(4)
        assertThat(runOutsideOfAClass { Weft.currentRun().allTasks().size }).isEqualTo(1)
    }

    @Test
    fun createTaskOfAValue() {
        val awaited =
            runMain {
                val task: Task<Int> = createTask { value() }
                task.await()
            }
        assertThat(awaited).isEqualTo(3)
    }

    @Test
    fun resultsAsTheyCome() {
        val results = mutableListOf<Any>()
        for (c in asCompleted({ a() }, { b() })) results.add(c.await())
        assertThat(results).containsExactlyInAnyOrder(1, "two")
    }

    @Test
    fun timeoutInACoroutine() {
        val result = runMain {
            // snippet withContext
            val task = createTask { value() }
            runBlocking { withContext(Dispatchers.IO) { timeout(2.seconds) { task.awaitSuspending() } } }
            // end
        }
        assertThat(result).isEqualTo(3)
    }
}
