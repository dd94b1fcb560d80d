package io.imagegate.war;

import jakarta.servlet.ServletContext;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/**
 * Where somebody said that the policies are.
 *
 * @param location a file, a folder, or the name of a built-in policy; blank when that was set by mistake
 * @param origin who said so
 */
record PolicySetting(String location, String origin) {

    static final String NAME = "imagegate.policy";
    static final String VARIABLE = "IMAGEGATE_POLICY";

    /** Looks for the setting where it speaks of this web application first, then where it speaks of the container. */
    static Optional<PolicySetting> find(ServletContext context, UnaryOperator<@Nullable String> environment) {
        return of(naming(), "JNDI java:comp/env/" + NAME)
                .or(() -> of(context.getInitParameter(NAME), "context parameter " + NAME))
                .or(() -> of(System.getProperty(NAME), "system property " + NAME))
                .or(() -> of(environment.apply(VARIABLE), "environment variable " + VARIABLE));
    }

    private static Optional<PolicySetting> of(@Nullable Object value, String origin) {
        return value == null
                ? Optional.empty()
                : Optional.of(new PolicySetting(value.toString().strip(), origin));
    }

    /** The name is a constant in the container's own namespace, so nobody chooses what is looked up or where. */
    @SuppressWarnings("BanJNDI")
    private static @Nullable Object naming() {
        try {
            return new InitialContext().lookup("java:comp/env/" + NAME);
        } catch (NamingException unset) {
            return null;
        }
    }
}
