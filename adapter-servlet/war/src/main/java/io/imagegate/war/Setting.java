package io.imagegate.war;

import jakarta.servlet.ServletContext;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/**
 * Setting of this web application or, where it has none, of its container.
 *
 * @param value what is set; blank by mistake
 * @param origin source of the setting
 */
record Setting(String value, String origin) {

    /** {@return the value with its origin, for the log} */
    String source() {
        return value + " (set by " + origin + ")";
    }

    /** Reads a setting; its environment variable has the same name in capitals, with underscores. */
    static Optional<Setting> find(String name, ServletContext context, UnaryOperator<@Nullable String> environment) {
        String variable = name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
        return of(naming(name), "JNDI java:comp/env/" + name)
                .or(() -> of(context.getInitParameter(name), "context parameter " + name))
                .or(() -> of(System.getProperty(name), "system property " + name))
                .or(() -> of(environment.apply(variable), "environment variable " + variable));
    }

    private static Optional<Setting> of(@Nullable Object value, String origin) {
        return value == null
                ? Optional.empty()
                : Optional.of(new Setting(value.toString().strip(), origin));
    }

    /** The name is a constant in the container's own namespace, so clients cannot choose it. */
    @SuppressWarnings("BanJNDI")
    private static @Nullable Object naming(String name) {
        try {
            return new InitialContext().lookup("java:comp/env/" + name);
        } catch (NamingException unset) {
            return null;
        }
    }
}
