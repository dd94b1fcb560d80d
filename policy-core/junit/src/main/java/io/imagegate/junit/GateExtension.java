package io.imagegate.junit;

import io.imagegate.gate.LiveGate;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Extension of JUnit that opens a gate and closes it: in a static field before all tests of the class and after them, in another
 * field before and after each test. Tests take it from {@link #gate()} or as a parameter of the type {@link LiveGate}.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final GateExtension GATE = GateExtension.of(() -> LiveGate.open("policies/"));
 * }</pre>
 *
 * @since 0.1
 */
public final class GateExtension
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback, ParameterResolver {

    private final Supplier<LiveGate> opener;
    private volatile @Nullable LiveGate opened;
    private volatile boolean forAll;

    private GateExtension(Supplier<LiveGate> opener) {
        this.opener = opener;
    }

    /**
     * {@return an extension for a gate}
     *
     * @param opener opens the gate
     */
    public static GateExtension of(Supplier<LiveGate> opener) {
        return new GateExtension(Objects.requireNonNull(opener, "opener"));
    }

    /**
     * {@return the gate}
     *
     * @throws IllegalStateException if no test runs
     */
    public LiveGate gate() {
        LiveGate gate = opened;
        if (gate == null) {
            throw new IllegalStateException("the gate is open only while tests run; register the extension with"
                    + " @RegisterExtension, and ask for the gate in a test");
        }
        return gate;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        forAll = true;
        opened = opener.get();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (!forAll) {
            opened = opener.get();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (!forAll) {
            close();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        forAll = false;
        close();
    }

    private void close() {
        LiveGate gate = opened;
        opened = null;
        if (gate != null) {
            gate.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == LiveGate.class;
    }

    @Override
    public LiveGate resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return gate();
    }
}
