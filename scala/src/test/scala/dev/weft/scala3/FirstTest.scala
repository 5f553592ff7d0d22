package dev.weft.scala3

import dev.weft.{Body, Task, VoidGroupBody}
import dev.weft.Weft.*
import java.time.Duration.*
import java.util.List as JavaList
import java.util.concurrent.TimeoutException
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import scala.collection.mutable.ListBuffer
import scala.jdk.CollectionConverters.*

/** The README's first program, and a line for each kind of call, as Scala has them. */
class FirstTest:

  private def greet(name: String, millis: Long): String =
    sleep(ofMillis(millis))
    s"hello $name"

  @Test
  def firstProgram(): Unit =
    val lines = ListBuffer.empty[String]
    // snippet: scala
    run { () =>
      val background = createTask("refresh", () => greet("from the background", 30))
      lines += gather(() => greet("a", 20), () => greet("b", 10)).asScala.mkString(", ")
      for next <- asCompleted(() => greet("slow", 200), () => greet("fast", 1)).asScala do lines += next.await()
      try timeout(ofMillis(10), () => greet("too late", 60_000))
      catch case late: TimeoutException => lines += "timed out"
      lines += background.await()
    }
    // end
    assertThat(lines.asJava).containsExactly(
      "hello a, hello b",
      "hello fast",
      "hello slow",
      "timed out",
      "hello from the background"
    )

  @Test
  def aLineForEachCall(): Unit =
    val items = JavaList.of(1, 2, 3)
    assertThat(mapConcurrent(items, 2, (item: Int) => item * 2)).containsExactly(2, 4, 6)
    assertThat(race(() => 7, () => 7)).isEqualTo(7)
    assertThat(settle(() => 1, () => 2)).hasSize(2)
    assertThat(combine(() => 1, () => "b", (a: Int, b: String) => s"$a$b")).isEqualTo("1b")
    val child: Task[Int] = taskGroup(group => group.createTask(() => 5))
    assertThat(child.result()).isEqualTo(5)
    assertThat(run(() => 6)).isEqualTo(6)
    assertThat(dump().toString).isNotBlank()
