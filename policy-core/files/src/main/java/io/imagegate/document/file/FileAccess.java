package io.imagegate.document.file;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Gives a {@code PolicyDocuments} other files than those of the machine. Its public methods cannot, because programs do not see {@link FileTree}. */
public final class FileAccess {

    private static final AtomicReference<@Nullable BiFunction<Object, Supplier<FileTree>, Object>> ACCESS =
            new AtomicReference<>();

    private FileAccess() {}

    /**
     * Sets how a reader gets other files; {@code PolicyDocuments} does so when it is initialized.
     *
     * @param access returns a copy of a {@code PolicyDocuments} that reads these files
     */
    public static void setAccess(BiFunction<Object, Supplier<FileTree>, Object> access) {
        ACCESS.set(access);
    }

    /**
     * {@return a copy of a reader that reads other files}
     *
     * @param documents a {@code PolicyDocuments}
     * @param type its class
     * @param files called for each load
     */
    public static <T> T reading(T documents, Class<T> type, Supplier<FileTree> files) {
        return type.cast(Objects.requireNonNull(ACCESS.get(), "access").apply(documents, files));
    }
}
