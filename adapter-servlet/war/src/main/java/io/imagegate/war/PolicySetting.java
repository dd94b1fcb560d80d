package io.imagegate.war;

import jakarta.servlet.ServletContext;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/**
 * Setting with the location of the policies.
 *
 * @param location a file, a folder, or the name of a built-in policy; blank by mistake
 * @param origin source of the setting
 */
record PolicySetting(String location, String origin) {

    static final String NAME = "imagegate.policy";
    static final String VARIABLE = "IMAGEGATE_POLICY";

    /** Reads the setting of this web application, or else that of the container. */
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

    /** The name is a constant in the container's own namespace, so clients cannot choose it. */
    @SuppressWarnings("BanJNDI")
    private static @Nullable Object naming() {
        try {
            return new InitialContext().lookup("java:comp/env/" + NAME);
        } catch (NamingException unset) {
            return null;
        }
    }
}
