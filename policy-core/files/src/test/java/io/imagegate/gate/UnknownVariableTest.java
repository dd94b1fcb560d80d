package io.imagegate.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Variables that Kubernetes makes of Services stand in the tests of the server's options. */
class UnknownVariableTest {

    private static final List<String> KNOWN = List.of("IMAGEGATE_POLICY", "IMAGEGATE_POLICIES_", "IMAGEGATE_FAIL_FAST");

    private static List<UnknownVariable> find(String name) {
        return UnknownVariable.find(Map.of(name, "x"), KNOWN);
    }

    @ParameterizedTest
    @CsvSource({
        "IMAGEGATE_POLCY, IMAGEGATE_POLICY",
        "IMAGEGATE_POLICIES, IMAGEGATE_POLICY",
        "IMAGEGATE_POLICYS, IMAGEGATE_POLICY",
        "IMAGEGATE_FAIL_FATS, IMAGEGATE_FAIL_FAST",
        "IMAGEGATE_POLICIS_PROD, IMAGEGATE_POLICIES_PROD",
        "IMAGEGATE_POLCIES_PROD_EU, IMAGEGATE_POLICIES_PROD_EU",
    })
    void aMisspelledOneHasTheOneThatWasMeant(String name, String meant) {
        assertThat(find(name)).containsExactly(new UnknownVariable(name, Optional.of(meant)));
    }

    @ParameterizedTest
    @CsvSource({"IMAGEGATE_CONFIG", "IMAGEGATE_JDK25", "IMAGEGATE_", "IMAGEGATE_TLS_PROD"})
    void oneThatIsLikeNoSettingHasNone(String name) {
        assertThat(find(name)).containsExactly(new UnknownVariable(name, Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({"IMAGEGATE_POLICY", "IMAGEGATE_POLICIES_PROD", "IMAGEGATEX_POLCY", "MY_IMAGEGATE_POLCY"})
    void settingsAndOthersAreNone(String name) {
        assertThat(find(name)).isEmpty();
    }

    @Test
    @DisplayName("a name is escaped and cut")
    void hostileNames() {
        assertThat(find("IMAGEGATE_\u202e" + "X".repeat(500)))
                .singleElement()
                .satisfies(found ->
                        assertThat(found.name()).startsWith("IMAGEGATE_\\u202e").hasSizeLessThan(80));
    }
}
