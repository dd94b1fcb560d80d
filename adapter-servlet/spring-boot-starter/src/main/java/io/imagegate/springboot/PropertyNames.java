package io.imagegate.springboot;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/** The names that Spring Boot looks for when it makes {@link ImagegateProperties}; one that ends with a dot is the beginning of others. */
final class PropertyNames implements BindHandler {

    private final Set<String> names = new TreeSet<>();

    private PropertyNames() {}

    static Set<String> all() {
        PropertyNames all = new PropertyNames();
        all.addBelow(ConfigurationPropertyName.of("imagegate"), ImagegateProperties.class);
        return all.names;
    }

    /** Without values, Spring Boot does not look for what is below a property. */
    private void addBelow(ConfigurationPropertyName name, Class<?> type) {
        new Binder().bindOrCreate(name, Bindable.of(type), this);
    }

    @Override
    public <T> @Nullable Bindable<T> onStart(ConfigurationPropertyName name, Bindable<T> target, BindContext context) {
        Class<?> type = target.getType().toClass();
        if (Map.class.isAssignableFrom(type)) {
            names.add(name + ".");
        } else if (!type.isRecord()) {
            names.add(name.toString());
        } else if (context.getDepth() > 0) {
            addBelow(name, type);
        }
        return target;
    }
}
