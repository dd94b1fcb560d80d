package io.imagegate.cli.check;

import io.imagegate.cli.pin.RewrittenFiles;
import io.imagegate.follow.SearchedFolders;
import io.imagegate.input.Input;
import io.imagegate.input.InputException;
import io.imagegate.input.InputFile;
import io.imagegate.input.InputFile.Opener;
import io.imagegate.input.InputListener;
import io.imagegate.input.InputObject;
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
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads files, folders and standard input for a {@link Checker}. Not thread-safe. */
public final class CheckedFiles {

    /** The name of standard input. */
    public static final String STANDARD_INPUT = "-";

    private static final String INPUT = "standard input";

    /** The formats whose files may make the same objects again. */
    private static final Set<String> MAKING = Set.of("kustomize", "gitops");

    private final Checker checker;
    private final Consumer<String> notes;
    private final @Nullable RewrittenFiles rewritten;
    private final Workloads workloads;
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
        this.workloads = workloads;
        this.inputs = Inputs.of(workloads);
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
     * Reads files of one format: those that are named have it, and of folders no others are read. Call this first.
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
     * Reads charts and kustomizations of folders as programs render them. Call this before {@link #as}.
     *
     * @param rendered the copy of the folders
     * @return this reader
     */
    public CheckedFiles rendering(Rendering rendered) {
        inputs = rendered.inputs(workloads);
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
                InputFolder.files(withoutDots(path), inputs, exclusions, searched, new InputFolder.Others() {})
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
                readFolder(name, withoutDots(path));
            } else {
                read(replaceable(InputFile.named(name, path, () -> open(name, path)), path), null);
            }
        } catch (InvalidPathException noPath) {
            checker.problem(name + ": expected the name of a file: " + noPath.getReason());
        }
    }

    /** {@return the folder, so that a file in the current one is called {@code web.yaml} and not {@code ./web.yaml}} */
    private static Path withoutDots(Path folder) {
        boolean goesUp = false;
        for (Path part : folder) {
            // What is above a linked folder is not known.
            goesUp |= part.toString().equals("..");
        }
        return goesUp ? folder : folder.normalize();
    }

    private void readFolder(String name, Path folder) {
        try {
            for (Path path : InputFolder.files(folder, inputs, exclusions, searched, others())) {
                read(replaceable(InputFile.found(path, () -> searched.open(path)), path), folder);
            }
        } catch (IOException why) {
            unreadable(name, why);
        }
    }

    private InputFolder.Others others() {
        return new InputFolder.Others() {
            @Override
            public void leftOut(Path path, String what) {
                leaveOut(
                        path.toString(), what, what.equals(InputFolder.OTHER) ? "its name is that of no format" : what);
            }

            @Override
            public void notJudged(Path path, String what, String why) {
                CheckedFiles.this.notJudged(what, path.toString(), why, listing);
            }

            @Override
            public void leadsOut(Path link) {
                if (judging) {
                    checker.problem(link + ": " + SearchedFolders.LEADS_OUT
                            + "; name what it leads to, too, or leave the link out with --exclude");
                } else {
                    skipped(link.toString());
                }
            }

            @Override
            public void unreadable(Path path, IOException why) {
                CheckedFiles.this.unreadable(path.toString(), why);
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
        try (file) {
            Input input = input(file);
            if (input == null) {
                leaveOut(file.name(), InputFolder.OTHER, "expected one of the format " + format);
            } else {
                input.read(file, listener(file, root, rendering || MAKING.contains(input.name())));
            }
        } catch (InputException malformed) {
            checker.problem(String.valueOf(malformed.getMessage()));
        } catch (IOException why) {
            if (!file.isNamed() && file.isReplaceable() && Files.isSymbolicLink(file.path())) {
                skipped(file.name());
            } else {
                unreadable(file.name(), why);
            }
        }
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
     * @param listed whether it is told although that is no problem
     */
    private void notJudged(String what, String where, String why, boolean listed) {
        boolean isProblem = checker.notJudged(what, where, why);
        if (listed && !isProblem) {
            notes.accept(ShownText.escape(where) + ": not read: " + why);
        }
    }

    private InputListener listener(InputFile file, @Nullable Path root, boolean isMade) {
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
            public void unread(String what, String why) {
                if (file.isNamed()) {
                    problem(why);
                } else {
                    notJudged(what, file.name(), why, listing);
                }
            }

            @Override
            public void unreadPart(String what, String where, String why) {
                notJudged(what, where, why, listing || !what.equals(InputListener.CHART));
            }

            @Override
            public void part(String what, String name, List<InputObject> alone) {
                Path folder = Path.of(name).resolveSibling("");
                if (alone.isEmpty() || bases.matches(root, folder)) {
                    checker.part(what);
                } else if (judging) {
                    alone.forEach(object -> checker.alone(object, name));
                }
            }

            @Override
            public void skipped(String why) {
                leaveOut(file.name(), InputFolder.OTHER, why);
            }

            @Override
            public void problem(String problem) {
                checker.problem(file.name() + ": " + problem);
            }
        };
    }

    private void skipped(String link) {
        notes.accept(ShownText.escape(link) + ": skipped: symbolic links are not written");
    }

    private void unreadable(String name, IOException why) {
        Throwable first = why.getCause() == null ? why : why.getCause();
        String cause = "cannot be read: " + why.getMessage();
        if (first instanceof NoSuchFileException) {
            cause = "no such file or folder";
        } else if (first instanceof AccessDeniedException) {
            cause = "permission to read it is denied";
        }
        checker.problem(name + ": " + cause);
    }
}
