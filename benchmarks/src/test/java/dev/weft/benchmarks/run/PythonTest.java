package dev.weft.benchmarks.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PythonTest {

    @Test
    void find_noSuchCommand_saysWhatToDo() throws InterruptedException {
        assertThat(Python.find("no-such-python"))
                .isEqualTo(new Python(
                        "no-such-python",
                        false,
                        "no-such-python was not found; asyncio needs Python 3.11 or later: install one, or name it in"
                                + " WEFT_PYTHON"));
    }

    @Test
    void of_newEnough_isFound() {
        assertThat(Python.of("python3", "Python 3.11.7")).isEqualTo(new Python("python3", true, "3.11.7"));
        assertThat(Python.of("python3", "Python 3.15.0a1+").found()).isTrue();
        assertThat(Python.of("python4", "Python 4.0.0").found()).isTrue();
    }

    @Test
    void of_tooOld_saysWhichItIs() {
        assertThat(Python.of("python3", "Python 3.9.2").text()).startsWith("python3 is Python 3.9.2; asyncio needs");
        assertThat(Python.of("python", "Python 2.7.18").found()).isFalse();
    }

    @Test
    void of_noPython_saysWhatItAnswered() {
        assertThat(Python.of("cat", "usage: cat").text()).startsWith("cat answered 'usage: cat' when asked");
    }
}
