package io.imagegate.cli.check;

import io.imagegate.cli.pin.RewrittenFiles;
import io.imagegate.follow.SearchedFolders;
import io.imagegate.input.Input;
import io.imagegate.input.InputException;
import io.imagegate.input.InputFile;
import io.imagegate.input.InputFile.Opener;
import io.imagegate.input.InputListener;
import io.imagegate.input.InputObject;
import io.imagegate.manifest.InputSettings;
import io.imagegate.manifest.Inputs;
import io.imagegate.render.Rendering;
import io.imagegate.text.ShownText;
import io.imagegate.workload.Workloads;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AccessMode;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads files, folders and standard input for a {@link Checker}. Not thread-safe. */
public final class CheckedFiles {

    /** The name of standard input. */
    public static final String STANDARD_INPUT = "-";

    private static final String INPUT = "standard input";
    private static final String NO_FILE = "no such file or folder";

    /** The formats whose files may make the same objects again. */
    private static final Set<String> MAKING = Set.of("kustomize", "gitops");

    private final Checker checker;
    private final Consumer<String> notes;
    private final @Nullable RewrittenFiles rewritten;
    private InputSettings settings;
    private List<Input> inputs;
    private boolean rendering;
    private @Nullable String format;
    private boolean listing;
    private boolean judging = true;
    private Exclusions exclusions = Exclusions.usual();
    private PathGlobs bases = PathGlobs.of(List.of());
    private SearchedFolders searched = SearchedFolders.of(List.of());

    /**
     * Creates a reader.
     *
     * @param checker checks what is read, and records what cannot be read
     * @param workloads where images stand in objects, as the policies of the checker say
     * @param notes called with each line for the user that is no problem
     * @param rewritten reads and keeps files that may be written afterwards; null if none may
     */
    public CheckedFiles(
            Checker checker, Workloads workloads, Consumer<String> notes, @Nullable RewrittenFiles rewritten) {
        this.checker = checker;
        this.notes = notes;
        this.rewritten = rewritten;
        this.settings = InputSettings.of(workloads);
        this.inputs = Inputs.of(settings);
        if (rewritten != null) {
            rewritten.use(inputs);
        }
    }

    /** {@return the names of all formats, in the order in which they are asked whether they recognise a file} */
    public static Set<String> formats() {
        Set<String> names = new LinkedHashSet<>();
        Inputs.of(Workloads.wellKnown()).forEach(input -> names.add(input.name()));
        return names;
    }

    /**
     * Reads files of one format: those that are named have it, and of folders no others are read. Call this after all that gives
     * the reader other inputs.
     *
     * @param name the name of the format
     * @return this reader
     */
    public CheckedFiles as(String name) {
        format = name;
        inputs = inputs.stream().filter(input -> input.name().equals(name)).toList();
        if (rewritten != null) {
            rewritten.use(inputs);
        }
        return this;
    }

    /**
     * Tells sources of other repositories from the one of the files. Call this first.
     *
     * @param urls of the repository
     * @return this reader
     * @throws IllegalArgumentException if one is no URL of a repository
     */
    public CheckedFiles of(List<String> urls) {
        return by(settings.withRepositories(urls));
    }

    /**
     * Judges objects as a webhook does. Call this first.
     *
     * @return this reader
     */
    public CheckedFiles asWebhook() {
        return by(settings.withAsWebhook(true));
    }

    private CheckedFiles by(InputSettings others) {
        settings = others;
        inputs = Inputs.of(settings);
        if (rewritten != null) {
            rewritten.use(inputs);
        }
        return this;
    }

    /**
     * Reads charts and kustomizations of folders as programs render them. Call this before {@link #as}.
     *
     * @param rendered the copy of the folders
     * @return this reader
     */
    public CheckedFiles rendering(Rendering rendered) {
        inputs = rendered.inputs(settings);
        rendering = true;
        return this;
    }

    /**
     * Lists what is not read in folders, besides counting it.
     *
     * @return this reader
     */
    public CheckedFiles listing() {
        listing = true;
        return this;
    }

    /**
     * Reads files whose images are replaced: links are skipped, because they are not written, and nothing is judged as it is alone.
     *
     * @return this reader
     */
    public CheckedFiles replacing() {
        judging = false;
        return this;
    }

    /**
     * Announces all files and folders, some of which may include others or lead to them. Call this once, before the first is read.
     *
     * @param names of files and folders that will be read
     */
    public void announce(Collection<String> names) {
        searched = SearchedFolders.of(names);
        names.forEach(this::announce);
    }

    private void announce(String name) {
        try {
            Path path = Path.of(name);
            if (Files.isDirectory(path)) {
                InputFolder.files(named(path), inputs, exclusions, searched, new InputFolder.Others() {})
                        .forEach(this::announce);
            } else {
                announce(path);
            }
            if (rewritten != null) {
                rewritten.allow(path.toRealPath());
            }
        } catch (InvalidPathException | IOException unusable) {
            // It is a problem when it is read.
        }
    }

    private void announce(Path file) {
        inputs.forEach(input -> input.announce(file));
    }

    /**
     * Leaves out files and folders of folders.
     *
     * @param others the files and folders
     * @return this reader
     */
    public CheckedFiles excluding(Exclusions others) {
        exclusions = others;
        return this;
    }

    /**
     * Names kustomizations that are never deployed alone.
     *
     * @param never globs of their folders
     * @return this reader
     */
    public CheckedFiles bases(PathGlobs never) {
        bases = never;
        return this;
    }

    /**
     * Reads a file, folder or standard input, and passes its contents to the checker.
     *
     * @param name of the file or folder; {@link #STANDARD_INPUT} for standard input
     */
    public void read(String name) {
        if (name.equals(STANDARD_INPUT)) {
            Opener opener = () -> System.in;
            InputFile file = InputFile.stream(INPUT, opener);
            read(rewritten == null ? file : file.replaceable(rewritten.limited(opener)), null);
            return;
        }
        try {
            Path path = Path.of(name);
            if (Files.isDirectory(path)) {
                readFolder(name, named(path));
            } else {
                read(replaceable(InputFile.named(name, path, () -> open(name, path)), path), null);
            }
        } catch (InvalidPathException noPath) {
            checker.problem(name + ": expected the name of a file: " + noPath.getReason());
        }
    }

    /** {@return the folder as it is written, but for the current one, in which a file is called {@code web.yaml}} */
    private static Path named(Path folder) {
        return folder.toString().equals(".") ? Path.of("") : folder;
    }

    private void readFolder(String name, Path folder) {
        try {
            for (Path path : InputFolder.files(folder, inputs, exclusions, searched, others(folder))) {
                read(replaceable(InputFile.found(path, () -> searched.open(path)), path), folder);
            }
        } catch (IOException why) {
            unreadable(name, why, "");
        }
    }

    private InputFolder.Others others(Path root) {
        return new InputFolder.Others() {
            @Override
            public void leftOut(Path path, String what) {
                leaveOut(
                        path.toString(), what, what.equals(InputFolder.OTHER) ? "its name is that of no format" : what);
            }

            @Override
            public void notJudged(Path path, String what, String why) {
                CheckedFiles.this.notJudged(what, path.toString(), why, exclude(root, path), listing);
            }

            @Override
            public void leadsOut(Path link) {
                if (judging) {
                    checker.problem(FileProblem.unread(
                            link + ": " + SearchedFolders.LEADS_OUT + "; name what it leads to, too",
                            exclude(root, link)));
                } else {
                    skipped(link.toString());
                }
            }

            @Override
            public void unreadable(Path path, IOException why) {
                CheckedFiles.this.unreadable(path.toString(), why, exclude(root, path));
            }
        };
    }

    private InputFile replaceable(InputFile file, Path path) {
        return rewritten == null ? file : file.replaceable(rewritten.opener(path));
    }

    /** Does not use {@link Files}: its streams fail on pipes such as those of a shell's process substitution. */
    private static FileInputStream open(String name, Path path) throws IOException {
        try {
            return new FileInputStream(name);
        } catch (FileNotFoundException untyped) {
            // Throws what is wrong as a type: this exception has only a sentence for it.
            path.getFileSystem().provider().checkAccess(path, AccessMode.READ);
            throw untyped;
        }
    }

    /**
     * Reads a file.
     *
     * @param root the folder that is searched; null for a file that is named
     */
    private void read(InputFile file, @Nullable Path root) {
        checker.seeFile(file.name());
        try (file) {
            Input input = input(file);
            if (input == null) {
                leaveOut(file.name(), InputFolder.OTHER, "expected one of the format " + format);
            } else {
                read(file, input, root);
            }
        } catch (IOException why) {
            if (!file.isNamed() && file.isReplaceable() && Files.isSymbolicLink(file.path())) {
                skipped(file.name());
            } else if (root != null && first(why) instanceof NoSuchFileException) {
                checker.problem(missing(file, root));
            } else {
                unreadable(file.name(), why, exclude(root, file.path()));
            }
        }
    }

    private void read(InputFile file, Input input, @Nullable Path root) throws IOException {
        InputListener listener = listener(file, input, root);
        try {
            input.read(file, listener);
        } catch (InputException malformed) {
            checker.problem(malformed(file, input, root, String.valueOf(malformed.getMessage())));
        }
    }

    private FileProblem malformed(InputFile file, Input input, @Nullable Path root, String message) {
        return new FileProblem(
                message,
                FileProblem.Code.malformed,
                file.name(),
                exclude(root, file.path()),
                () -> digest(file, input));
    }

    /** {@return the digest of what was read for a file} */
    private String digest(InputFile file, Input input) throws IOException {
        if (file.path() == null) {
            throw new IOException("a stream may be another one next time");
        }
        Path real = file.path().toRealPath();
        try {
            return SourceDigest.of(input.name(), real, input.sources(real), searched);
        } catch (InputException unknown) {
            throw new IOException(unknown.problem(), unknown);
        }
    }

    private FileProblem missing(InputFile file, Path root) {
        Path path = Objects.requireNonNull(file.path()).toAbsolutePath();
        return new FileProblem(
                file.name() + ": " + NO_FILE,
                FileProblem.Code.missing,
                file.name(),
                exclude(root, file.path()),
                () -> SourceDigest.of("", path, Set.of(path), searched));
    }

    /** {@return the option that leaves out a file of a folder; empty for others, and where there is no such option} */
    private String exclude(@Nullable Path root, @Nullable Path path) {
        return root == null || path == null || !judging ? "" : Exclusions.option(root, path);
    }

    /** {@return the input that reads a file; null for one of a folder that is of none of the formats that are read} */
    private @Nullable Input input(InputFile file) throws IOException {
        for (Input input : inputs) {
            if (input.recognises(file)) {
                return input;
            }
        }
        // Of several that share a name the last is the one for all files.
        return file.isNamed() ? inputs.get(inputs.size() - 1) : null;
    }

    private void leaveOut(String name, String what, String why) {
        checker.leaveOut(what);
        if (listing) {
            notes.accept(ShownText.escape(name) + ": not read: " + why);
        }
    }

    /**
     * Counts what may name images and is not read.
     *
     * @param exclude the option that leaves the file out; empty for none
     * @param listed whether it is told although that is no problem
     */
    private void notJudged(String what, String where, String why, String exclude, boolean listed) {
        boolean isProblem = checker.notJudged(what, where, why, exclude);
        if (listed && !isProblem) {
            notes.accept(ShownText.escape(where) + ": not read: " + why);
        }
    }

    private InputListener listener(InputFile file, Input input, @Nullable Path root) {
        boolean isMade = rendering || MAKING.contains(input.name());
        String exclude = exclude(root, file.path());
        return new InputListener() {
            @Override
            public void object(InputObject object) {
                if (isMade) {
                    checker.made(object);
                } else {
                    checker.object(object);
                }
            }

            @Override
            public void unread(String what, InputException why) {
                if (file.isNamed()) {
                    problem(why);
                } else {
                    notJudged(what, file.name(), why.problem(), exclude, listing);
                }
            }

            @Override
            public void unreadPart(String what, String where, String why) {
                notJudged(what, where, why, exclude, listing || !what.equals(InputListener.CHART));
            }

            @Override
            public void part(String what, String name, List<InputObject> alone) {
                Path folder = Path.of(name).resolveSibling("");
                if (alone.isEmpty() || bases.matches(root, folder)) {
                    checker.part(what);
                } else if (judging) {
                    alone.forEach(object -> checker.alone(object, name, what.equals(InputListener.DEPLOYED)));
                }
            }

            @Override
            public void skipped(String why) {
                leaveOut(file.name(), InputFolder.OTHER, why);
            }

            @Override
            public void problem(InputException problem) {
                // What an object deploys is told where it is written, also in this file.
                boolean isHere = problem.file().equals(file.name());
                String message = String.valueOf(problem.getMessage());
                checker.problem(malformed(file, input, root, isHere ? message : file.name() + ": " + message));
            }
        };
    }

    private void skipped(String link) {
        notes.accept(ShownText.escape(link) + ": skipped: symbolic links are not written");
    }

    private void unreadable(String name, IOException why, String exclude) {
        String cause = "cannot be read: " + why.getMessage();
        if (first(why) instanceof NoSuchFileException) {
            cause = NO_FILE;
        } else if (first(why) instanceof AccessDeniedException) {
            cause = "permission to read it is denied";
        }
        checker.problem(FileProblem.unread(name + ": " + cause, exclude));
    }

    private static Throwable first(IOException why) {
        return why.getCause() == null ? why : why.getCause();
    }
}
