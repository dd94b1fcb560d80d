package io.imagegate.input.gitlab;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.SortedSet;
import java.util.TreeSet;

/** The files that {@code include: local} names with {@code *}, any characters but a slash, and {@code **}, any characters. Immutable. */
final class GitlabGlob {

    private static final int LONGEST = 500;
    private static final int MOST_FILES = 50_000;

    private final String glob;

    private GitlabGlob(String glob) {
        this.glob = glob;
    }

    /** {@return the files of a folder that a glob matches, sorted by name; links are not followed} */
    static SortedSet<Path> files(Path folder, String glob) throws IOException {
        if (glob.length() > LONGEST) {
            throw new IOException("expected a glob of " + LONGEST + " characters at most");
        }
        GitlabGlob matcher = new GitlabGlob(glob);
        Path start = folder.resolve(glob.substring(0, glob.lastIndexOf('/', glob.indexOf('*')) + 1));
        SortedSet<Path> files = new TreeSet<>();
        if (!Files.isDirectory(start) || !start.toRealPath().startsWith(folder.toRealPath())) {
            return files;
        }
        Files.walkFileTree(start, new SimpleFileVisitor<>() {
            private int visited;

            @Override
            public FileVisitResult preVisitDirectory(Path visitedFolder, BasicFileAttributes attributes) {
                return visitedFolder.endsWith(".git") ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                visited++;
                if (visited > MOST_FILES) {
                    throw new IOException("expected " + MOST_FILES + " files at most");
                }
                if (attributes.isRegularFile()
                        && matcher.matches(folder.relativize(file).toString())) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }

    /** Keeps all positions of the glob that the text so far can reach, so its time is the product of the lengths. */
    private boolean matches(String text) {
        boolean[] reached = new boolean[glob.length() + 1];
        reached[0] = true;
        skipStars(reached);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean[] next = new boolean[reached.length];
            for (int at = 0; at < glob.length(); at++) {
                if (reached[at] && glob.charAt(at) == '*') {
                    next[at] |= c != '/' || isDouble(at);
                } else if (reached[at] && glob.charAt(at) == c) {
                    next[at + 1] = true;
                }
            }
            skipStars(next);
            reached = next;
        }
        return reached[glob.length()];
    }

    private void skipStars(boolean[] reached) {
        for (int at = 0; at < glob.length(); at++) {
            reached[at + 1] |= reached[at] && glob.charAt(at) == '*';
        }
    }

    private boolean isDouble(int at) {
        return glob.startsWith("**", at) || (at > 0 && glob.startsWith("**", at - 1));
    }
}
