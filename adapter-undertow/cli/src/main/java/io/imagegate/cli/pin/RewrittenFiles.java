package io.imagegate.cli.pin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.imagegate.input.ChangedFile;
import io.imagegate.input.Input;
import io.imagegate.input.InputException;
import io.imagegate.input.InputFile.Opener;
import io.imagegate.input.InputObject;
import io.imagegate.policy.Decision;
import io.imagegate.policy.ImageMutation;
import io.imagegate.reference.ImageReference;
import io.imagegate.reference.ReferenceSyntaxException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Files whose images get the names of decisions. They are read once, kept, and written together: all or none. Not
 * thread-safe.
 */
public final class RewrittenFiles {

    /** Longest file; check reads longer ones, because it need not keep them. */
    static final int LONGEST = 16 << 20;

    private static final long LONGEST_TOGETHER = 128L << 20;

    private final Consumer<String> problems;
    private final Consumer<String> left;
    private final List<Path> allowed = new ArrayList<>();
    private List<Input> inputs = List.of();
    private long length;

    /**
     * Creates an empty set of files.
     *
     * @param problems called with each reason why a file cannot be written
     * @param left called with each image that cannot be replaced where it is, and why
     */
    public RewrittenFiles(Consumer<String> problems, Consumer<String> left) {
        this.problems = problems;
        this.left = left;
    }

    /**
     * Sets the inputs that read the files.
     *
     * @param others the inputs
     */
    public void use(List<Input> others) {
        inputs = others;
    }

    /**
     * Allows files to be written.
     *
     * @param path a file, or a folder for all files in it, without links
     */
    public void allow(Path path) {
        allowed.add(path);
    }

    /**
     * {@return what opens a file; it fails with a message, without the name, if it is no regular file or is too long}
     *
     * @param path the file
     */
    public Opener opener(Path path) {
        return () -> kept(FileReplacement.read(path, LONGEST));
    }

    /**
     * {@return what opens a stream; it fails if it is too long}
     *
     * @param stream the stream
     */
    public Opener limited(Opener stream) {
        return () -> kept(FileReplacement.read(stream.open(), LONGEST));
    }

    private InputStream kept(byte[] content) throws IOException {
        length += content.length;
        if (length > LONGEST_TOGETHER) {
            throw new IOException("expected " + LONGEST_TOGETHER + " bytes at most in all files to write together");
        }
        return new ByteArrayInputStream(content);
    }

    /**
     * Gives the images of an object the names that a decision was made on. Recorded reviews stay as they are.
     *
     * @param object an object of one of the files
     * @param decision the decision on it
     */
    public void replace(InputObject object, Decision decision) {
        Optional<Input> owner =
                inputs.stream().filter(input -> input.owns(object)).findFirst();
        if (object.isReview() || object.file().isEmpty() || decision.mutations().isEmpty()) {
            return;
        }
        if (owner.isEmpty()) {
            problems.accept(object.file() + ":" + object.line() + ": images of this format cannot be replaced");
            return;
        }
        for (ImageMutation mutation : decision.mutations()) {
            try {
                owner.get().replace(object, mutation.image(), ImageReference.parse(mutation.result()));
            } catch (InputException refused) {
                left.accept(String.valueOf(refused.getMessage()));
            } catch (ReferenceSyntaxException invalid) {
                problems.accept(object.file() + ":" + object.line() + ": " + invalid.getMessage());
            }
        }
    }

    private void refuse(InputException refused) {
        problems.accept(String.valueOf(refused.getMessage()));
    }

    /** {@return the files that change, and standard input always; those that cannot be changed are problems} */
    public List<ChangedFile> changes() {
        List<ChangedFile> changes = new ArrayList<>();
        // The last reads most files; those of the first are shared by several.
        for (int i = inputs.size() - 1; i >= 0; i--) {
            for (ChangedFile file : inputs.get(i).changes(this::refuse)) {
                Path path = file.path();
                if (path == null || allowed.stream().anyMatch(path::startsWith)) {
                    changes.add(file);
                } else {
                    problems.accept(file.name() + ": an image is written here, outside of what was named:"
                            + " name this file or its folder, too");
                }
            }
        }
        return changes;
    }

    /**
     * Writes changed files. Nothing is written unless all can be written.
     *
     * @param changes the changes
     * @throws IOException if a file cannot be written, or changed since it was read; the message names it
     */
    public static void write(List<ChangedFile> changes) throws IOException {
        List<FileReplacement> prepared = new ArrayList<>();
        String name = "";
        int written = 0;
        try {
            for (ChangedFile change : changes) {
                name = change.name();
                if (change.path() != null) {
                    prepared.add(FileReplacement.prepare(
                            change.path(),
                            change.before().getBytes(UTF_8),
                            change.after().getBytes(UTF_8)));
                    prepared.get(prepared.size() - 1).requireUnchanged();
                }
            }
            for (FileReplacement replacement : prepared) {
                name = replacement.toString();
                replacement.commit();
                written++;
            }
        } catch (IOException failed) {
            String others = written == 0 ? "" : " (" + written + " other files are written)";
            throw new IOException(name + ": " + failed.getMessage() + others, failed);
        } finally {
            for (FileReplacement replacement : prepared) {
                replacement.close();
            }
        }
    }
}
