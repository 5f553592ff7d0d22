package samples

// snippet: scala
import dev.weft.Weft.*
import java.time.Duration.*
import java.util.concurrent.TimeoutException
import scala.jdk.CollectionConverters.*

def greet(name: String, millis: Long): String =
  sleep(ofMillis(millis))
  s"hello $name"

@main def first(): Unit = run { () =>
  val background = createTask("refresh", () => greet("from the background", 30))
  println(gather(() => greet("a", 20), () => greet("b", 10)).asScala.mkString(", "))
  for next <- asCompleted(() => greet("slow", 200), () => greet("fast", 1)).asScala do println(next.await())
  try timeout(ofMillis(10), () => greet("too late", 60_000))
  catch case late: TimeoutException => println("timed out")
  println(background.await())
}
// end
