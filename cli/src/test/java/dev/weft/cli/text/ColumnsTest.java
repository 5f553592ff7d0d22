package dev.weft.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The columns of a terminal that text takes. */
class ColumnsTest {

    @ParameterizedTest
    @CsvSource({
        "'', 0",
        "abc, 3",
        "naïve, 5",
        "nai\u0308ve, 5",
        "取得, 4",
        "カタカナ, 8",
        "ｶﾀｶﾅ, 4",
        "ＡＢ, 4",
        "한글, 4",
        "\u1112\u1161\u11ab, 2",
        "😀, 2",
        "✅, 2",
        "✔, 1",
        "🇩🇪, 2",
        "\ud840\udc00, 2",
        "สวัสดี, 4",
        "…, 1"
    })
    void width_isThatOfTheTerminal(String text, int columns) {
        assertThat(Columns.of(text)).isEqualTo(columns);
    }

    @ParameterizedTest
    @CsvSource({"取得, 6, '取得  '", "ab, 1, ab", "e\u0301, 2, 'e\u0301 '"})
    void padded_endsAtTheColumn(String text, int columns, String padded) {
        assertThat(Columns.padded(text, columns)).isEqualTo(padded);
    }

    @ParameterizedTest
    @CsvSource({
        "取得取得, 8, 取得取得",
        "取得取得, 7, 取得取…",
        "取得取得, 6, 取得…",
        "e\u0301e\u0301e\u0301, 3, e\u0301e\u0301e\u0301",
        "e\u0301e\u0301e\u0301, 2, e\u0301…"
    })
    void fit_neverTakesMoreThanTheRoom(String text, int columns, String cut) {
        assertThat(Columns.fit(text, columns)).isEqualTo(cut);
    }
}
