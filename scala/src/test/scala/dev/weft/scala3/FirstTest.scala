package dev.weft.scala3

import dev.weft.{Body, Task, VoidGroupBody}
import dev.weft.Weft.*
import java.io.ByteArrayOutputStream
import java.util.List as JavaList
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import scala.jdk.CollectionConverters.*

/** The README's first program, and a line for each kind of call, as Scala has them. */
class FirstTest:

  @Test
  def firstProgram(): Unit =
    val out = ByteArrayOutputStream()
    Console.withOut(out)(samples.first())
    assertThat(out.toString.linesIterator.toList.asJava).containsExactly(
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
