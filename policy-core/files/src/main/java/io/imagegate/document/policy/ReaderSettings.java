package io.imagegate.document.policy;

import io.imagegate.document.yaml.Problem;
import io.imagegate.document.yaml.Problems;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a {@code PolicyDocuments}, for readers of other documents in other packages. Its public methods cannot return them, because
 * programs see neither this type nor those of its components.
 *
 * @param extensions what the program adds to the language of policies
 * @param clock the clock of the policies
 * @param strict whether probable mistakes are refused
 * @param warnings called for each probable mistake
 * @param refusal throws the problems that were found, if there are any
 */
public record ReaderSettings(
        LanguageExtensions extensions,
        InstantSource clock,
        boolean strict,
        Consumer<Problem> warnings,
        Consumer<Problems> refusal) {

    private static final AtomicReference<@Nullable Function<Object, ReaderSettings>> ACCESS = new AtomicReference<>();

    /**
     * Sets how settings are read; {@code PolicyDocuments} does so when it is initialized.
     *
     * @param access returns the settings of a {@code PolicyDocuments}
     */
    public static void setAccess(Function<Object, ReaderSettings> access) {
        ACCESS.set(access);
    }

    /**
     * {@return the settings of a reader}
     *
     * @param documents a {@code PolicyDocuments}
     */
    public static ReaderSettings of(Object documents) {
        return Objects.requireNonNull(ACCESS.get(), "access").apply(documents);
    }
}
