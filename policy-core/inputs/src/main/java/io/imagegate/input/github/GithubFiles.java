package io.imagegate.input.github;

import io.imagegate.input.InputException;
import io.imagegate.input.InputFile;
import io.imagegate.input.InputListener;
import io.imagegate.input.place.PlainText;
import io.imagegate.input.place.UnreadName;
import io.imagegate.input.place.UnreadParts;
import io.imagegate.input.tree.FoundImages;
import io.imagegate.input.tree.TreeInput;
import io.imagegate.input.tree.WorkBudget;
import io.imagegate.syntax.Node;
import io.imagegate.syntax.ValueType;
import io.imagegate.text.SafeText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Workflows and actions of GitHub, also as Gitea and Forgejo read them: images of {@code container}, {@code services} and steps
 * with {@code uses: docker://IMAGE}, and the image of a Docker action. Expressions have no value but for those of a matrix that is
 * written in the workflow. Not thread-safe.
 */
public final class GithubFiles extends TreeInput {

    private static final String DOCKER = "docker://";
    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{\\{.*?(?:}}|$)", Pattern.DOTALL);
    private static final Pattern WORKFLOW = Pattern.compile("^jobs[ \\t]*:", Pattern.MULTILINE);
    private static final Pattern TRIGGER = Pattern.compile("^(?:on|\"on\"|'on'|true)[ \\t]*:", Pattern.MULTILINE);
    private static final Pattern ACTION = Pattern.compile("^runs[ \\t]*:", Pattern.MULTILINE);
    private static final List<Path> FOLDERS =
            List.of(Path.of(".github", "workflows"), Path.of(".gitea", "workflows"), Path.of(".forgejo", "workflows"));
    private static final String LOCAL = "./";
    /** Jobs that share a text or a matrix could need any number. */
    private static final int MOST_EXPRESSIONS = 2_000_000;

    private final UnreadParts unread = new UnreadParts();

    @Override
    public String name() {
        return "github";
    }

    @Override
    public Set<Path> sources(Path file) {
        return Set.of(file);
    }

    @Override
    public boolean isNamed(Path file) {
        return isYaml(file) && (isInWorkflows(file) || isAction(file));
    }

    private static boolean isYaml(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(".yml") || name.endsWith(".yaml");
    }

    private static boolean isAction(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.equals("action.yml") || name.equals("action.yaml");
    }

    private static boolean isInWorkflows(Path file) {
        Path folder = file.toAbsolutePath().normalize().getParent();
        return folder != null && FOLDERS.stream().anyMatch(folder::endsWith);
    }

    /** Any file may have the name of an action, so its content counts, too, as that of a workflow that a user named. */
    @Override
    public boolean recognises(InputFile file) throws IOException {
        Path path = file.path();
        if (path == null || !isYaml(path)) {
            return false;
        }
        if (isInWorkflows(path)) {
            return true;
        }
        String start = isAction(path) || file.isNamed() ? PlainText.start(file) : "";
        return isAction(path)
                ? ACTION.matcher(start).find()
                : WORKFLOW.matcher(start).find() && TRIGGER.matcher(start).find();
    }

    @Override
    public void read(InputFile file, InputListener found) throws IOException, InputException {
        unread.of(found);
        super.read(file, found);
    }

    @Override
    protected void find(List<Node> documents, FoundImages found) {
        WorkBudget expressions = new WorkBudget(
                MOST_EXPRESSIONS,
                "expected " + MOST_EXPRESSIONS + " values at most in expressions of all combinations of jobs",
                found);
        for (Node document : documents) {
            Node jobs = document.field("jobs");
            Node runs = document.field("runs");
            if (jobs != null) {
                jobs(jobs, expressions, found);
            }
            if (runs != null) {
                action(runs, found);
            }
            if (jobs == null && runs == null) {
                found.problem(document, "expected a workflow with jobs, or an action with runs");
            }
        }
    }

    private void jobs(Node jobs, WorkBudget expressions, FoundImages found) {
        if (!isObject("jobs", jobs, found)) {
            return;
        }
        for (Node.Field field : jobs.fields()) {
            Node job = field.value();
            if (isObject("a job", job, found)) {
                found.object("job " + field.name().text(), field.name());
                GithubMatrix matrix = GithubMatrix.of(job, expressions);
                container("container", job.field("container"), matrix, found);
                services(job.field("services"), matrix, found);
                steps("steps", job.field("steps"), found);
                workflow(job.field("uses"), found);
            }
        }
    }

    private void workflow(@Nullable Node uses, FoundImages found) {
        if (uses != null && uses.isText() && !uses.text().startsWith(LOCAL)) {
            unread.include(found.file() + ":" + uses.line() + ": " + UnreadName.of(uses.text()));
        }
    }

    private static void services(@Nullable Node services, GithubMatrix matrix, FoundImages found) {
        if (services == null || services.type() == ValueType.NULL) {
            return;
        }
        if (services.isScalar() && EXPRESSION.matcher(services.text()).find()) {
            image("services", services, found);
        } else if (isObject("services", services, found)) {
            for (int i = 0; i < services.fields().size(); i++) {
                String name = services.fields().get(i).name().text();
                container(
                        name.length() > FoundImages.SHOWN ? "services[" + i + "]" : "services." + name,
                        services.fields().get(i).value(),
                        matrix,
                        found);
            }
        }
    }

    private static void container(String path, @Nullable Node container, GithubMatrix matrix, FoundImages found) {
        if (container == null || container.type() == ValueType.NULL) {
            return;
        }
        Node image = container.isObject() ? container.field("image") : container;
        if (image == null || !image.isScalar() || !image.tag().isEmpty()) {
            found.problem(
                    image == null ? container : image,
                    SafeText.escape(path) + ": expected an image, or an object with an image");
        } else if (image.type() == ValueType.NUMBER || image.type() == ValueType.BOOLEAN) {
            // GitHub makes 1.1 of 1.10.
            found.problem(image, SafeText.escape(path) + ": expected an image in quotes, got " + image.type());
        } else if (image.type() != ValueType.NULL && !image.text().isEmpty()) {
            List<GithubMatrix.Made> made =
                    EXPRESSION.matcher(image.text()).find() ? matrix.images(image, found.file()) : List.of();
            if (made.isEmpty()) {
                image(path, image, found);
                return;
            }
            for (int i = 0; i < made.size(); i++) {
                made(path + "[" + i + "]", made.get(i), found);
            }
        }
    }

    /** An image that is a whole value of a matrix is replaced there. */
    private static void made(String path, GithubMatrix.Made made, FoundImages found) {
        int scheme = hasDocker(made.image()) ? DOCKER.length() : 0;
        if (made.image().isEmpty()) {
            return;
        }
        if (made.image().equals(made.at().text())) {
            found.image(path, made.at(), scheme);
        } else {
            found.image(path, made.at(), made.image().substring(scheme));
        }
    }

    /** A step can be a group of steps that run at the same time. */
    private static void steps(String path, @Nullable Node steps, FoundImages found) {
        if (steps == null || steps.type() == ValueType.NULL) {
            return;
        }
        if (!steps.isArray()) {
            found.problem(steps, path + ": expected an array, got " + steps.type());
            return;
        }
        for (int i = 0; i < steps.elements().size(); i++) {
            Node step = steps.elements().get(i);
            String at = path + "[" + i + "].";
            Node uses = step.field("uses");
            if (uses != null && hasDocker(uses.text())) {
                image(at + "uses", uses, found);
            }
            steps(at + "parallel", step.field("parallel"), found);
        }
    }

    /** The image of an action may be a Dockerfile, which is a file by itself. */
    private static void action(Node runs, FoundImages found) {
        if (!isObject("runs", runs, found)) {
            return;
        }
        found.object("action", runs);
        Node image = runs.field("image");
        if (image != null
                && (hasDocker(image.text()) || EXPRESSION.matcher(image.text()).find())) {
            image("runs.image", image, found);
        }
        steps("runs.steps", runs.field("steps"), found);
    }

    private static boolean hasDocker(String text) {
        return text.regionMatches(true, 0, DOCKER, 0, DOCKER.length());
    }

    private static void image(String path, Node text, FoundImages found) {
        Matcher expression = EXPRESSION.matcher(text.text());
        if (expression.find()) {
            found.unknown(path, text, expression.group());
        } else {
            found.image(path, text, hasDocker(text.text()) ? DOCKER.length() : 0);
        }
    }

    private static boolean isObject(String what, Node value, FoundImages found) {
        if (!value.isObject()) {
            found.problem(value, what + ": expected an object, got " + value.type());
        }
        return value.isObject();
    }
}
