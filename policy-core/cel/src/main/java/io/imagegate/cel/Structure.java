package io.imagegate.cel;

import dev.cel.common.exceptions.CelAttributeNotFoundException;
import dev.cel.common.values.SelectableValue;
import java.util.Map;
import java.util.Optional;

/**
 * Value of a variable with properties. Its properties are found when an expression selects them.
 *
 * @param properties by name
 * @param subject has their values
 */
record Structure(Map<String, Property> properties, Subject subject) implements SelectableValue<String> {

    @Override
    public Object select(String field) {
        return find(field).orElseThrow(() -> CelAttributeNotFoundException.of("the image has no " + field));
    }

    @Override
    public Optional<Object> find(String field) {
        return Variables.property(properties, field)
                .map(property -> property.value().apply(subject));
    }
}
