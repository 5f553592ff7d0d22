package dev.weft.cli.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnnouncedLengthTest {

    private static HttpHeaders headers(String... lengths) {
        return HttpHeaders.of(Map.of("content-length", List.of(lengths)), (_, _) -> true);
    }

    private static @Nullable IOException faultOf(HttpHeaders headers) {
        return AnnouncedLength.fault(headers, "GET");
    }

    @Test
    void number_isTheLength() {
        assertThat(faultOf(headers("5"))).isNull();
        assertThat(AnnouncedLength.of(headers("5"))).isEqualTo(5);
        assertThat(faultOf(headers("5", " 5"))).isNull();
    }

    @Test
    void none_isNoFault() {
        assertThat(faultOf(headers())).isNull();
        assertThat(AnnouncedLength.of(headers())).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-5", "plenty", "", "+5", "5 5", "0x5", "9999999999999999999"})
    void anythingElse_isAFault_thatShowsIt(String text) {
        assertThat(faultOf(headers(text))).hasMessageContaining("\"" + text + "\"");
        assertThat(AnnouncedLength.of(headers(text))).isZero();
    }

    @Test
    void ofABodyInChunks_isAFault_whereThereIsABody() {
        var headers = HttpHeaders.of(
                Map.of("content-length", List.of("5"), "transfer-encoding", List.of("chunked")), (_, _) -> true);
        assertThat(faultOf(headers)).hasMessage("a body in chunks that has a length too");
        assertThat(AnnouncedLength.fault(headers, "HEAD")).isNull();
    }

    @Test
    void twoThatDiffer_areAFault() {
        assertThat(faultOf(headers("5", "10"))).hasMessage("lengths that differ: 5 and 10");
    }
}
