package dev.weft.cli.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateNameTest {

    @ParameterizedTest
    @CsvSource({
        "a_b.example.org, a_b.example.org, true",
        "A_B.Example.org., a_b.example.ORG, true",
        "a_b.example.org, a_c.example.org, false",
        "*.example.org, a_b.example.org, true",
        "*.example.org, a_b.c.example.org, false",
        "*.example.org, example.org, false",
        "*.org, a_b.org, false",
        "*., a_b, false",
        "*, a_b, false",
        "a*.example.org, a_b.example.org, false",
        "*.*.org, a_b.c.org, false",
        "'', a_b, false",
    })
    void certificate_isOfTheHostsThatItNames(String name, String host, boolean isOf) {
        assertThat(CertificateName.matches(name, host)).isEqualTo(isOf);
    }
}
