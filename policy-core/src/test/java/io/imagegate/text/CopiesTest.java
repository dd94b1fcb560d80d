package io.imagegate.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CopiesTest {

    @Test
    @DisplayName("a copy has the order of the original, and does not change with it")
    void copies() {
        Map<String, Integer> map = new LinkedHashMap<>(Map.of("z", 1));
        map.put("a", 2);
        Map<String, Integer> copy = Copies.of(map);
        List<String> list = new ArrayList<>(List.of("z", "a", "z"));
        Set<String> set = Copies.of(list);
        map.clear();
        list.clear();
        assertThat(copy).containsExactly(Map.entry("z", 1), Map.entry("a", 2));
        assertThat(set).containsExactly("z", "a");
    }

    @Test
    @DisplayName("a copy cannot be changed and has no null")
    void unmodifiable() {
        assertThatThrownBy(() -> Copies.of(Map.of("a", 1)).put("b", 2))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> Copies.of(List.of("a")).add("b")).isInstanceOf(UnsupportedOperationException.class);
        Map<String, String> missing = new LinkedHashMap<>();
        missing.put("a", null);
        assertThatNullPointerException().isThrownBy(() -> Copies.of(missing));
        assertThatNullPointerException().isThrownBy(() -> Copies.of(Arrays.asList("a", null)));
    }
}
