package samples.first

// snippet: first
import dev.weft.kotlin.*
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

fun greet(name: String): String {
    sleep(10.milliseconds)
    return "hello $name"
}

fun main() = runMain {
    val background = createTask("refresh") { greet("from the background") }
    println(gather({ greet("a") }, { greet("b") }))
    println(timeout(5.seconds) { greet("in time") })
    taskGroup {
        listOf("x", "y").forEach { createTask { greet(it) } }
    }
    println(background.await())
}
// end
