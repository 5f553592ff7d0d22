package dev.weft.cluster.internal.jgroups;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A build may bring another JGroups than ours. */
class JGroupsVersionTest {

    @Test
    void ours_fits() {
        assertThatCode(JGroupsVersion::check).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"5.5.7.Final", "5.5.7", "5.5.12.Final"})
    void laterMicroVersions_fit(String found) {
        assertThatCode(() -> JGroupsVersion.check(found)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"5.4.8.Final", "5.5.6.Final", "5.6.0.Final", "6.5.7.Final", "5.5", "", "null"})
    void cl36_others_areRefusedWithTheRemedy(String found) {
        assertThatThrownBy(() -> JGroupsVersion.check(found))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("needs JGroups 5.5.7 or a later 5.5, and this process has " + found + ", from ")
                .hasMessageContaining("jgroups-5.5.7.Final.jar: have the build choose org.jgroups:jgroups:5.5.7.Final");
    }
}
