package io.imagegate.war;

import io.imagegate.console.PageAnswer;
import io.imagegate.console.PageRequest;
import io.imagegate.console.Replica;
import io.imagegate.console.ReplicaReadiness;
import io.imagegate.console.WebPages;
import io.imagegate.gate.GateState;
import io.imagegate.webhook.DecisionListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The pages of one web application, and who may see them. If the setting of their host names is invalid, it counts as unset. Every
 * decision is shown.
 */
final class ApplicationConsole implements AutoCloseable {

    static final String NAMES = "imagegate.console-names";

    private static final System.Logger LOG = System.getLogger(ApplicationConsole.class.getName());

    /** An address of the loopback interface, as the JDK and containers write them. */
    private static final Pattern LOOPBACK =
            Pattern.compile("(?:::ffff:)?127(?:\\.[0-9]{1,3}){3}|(?:::1|0:0:0:0:0:0:0:1)(?:%\\w{1,20})?");
    /** What proxies add: the client of one on this machine may be anywhere. */
    private static final List<String> FORWARDED = List.of("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via");

    private final ApplicationGate gate;
    private final Replica replica;
    private final @Nullable String namesProblem;
    private final boolean isNamed;
    private final WebPages pages;

    ApplicationConsole(ApplicationGate gate, Optional<Setting> names, String name, String version) {
        this.gate = gate;
        this.replica = Replica.builder(name, version)
                .gates(this::states)
                .readiness(this::readiness)
                .build();
        WebPages named = null;
        String problem = null;
        try {
            named = pages(names.map(ApplicationConsole::names).orElse(List.of()));
        } catch (IllegalArgumentException invalid) {
            problem = "The setting of host names is invalid, so only clients on this machine see this page. "
                    + invalid.getMessage() + " (set by "
                    + names.map(Setting::origin).orElse("") + ")";
            LOG.log(Level.ERROR, "Imagegate: {0}", problem);
        }
        this.isNamed = names.isPresent() && named != null;
        this.namesProblem = problem;
        this.pages = named == null ? pages(List.of()) : named;
    }

    /** Makes the pages of a web application. */
    static ApplicationConsole of(ServletContext context, ApplicationGate gate) {
        return new ApplicationConsole(
                gate,
                Setting.find(NAMES, context, System::getenv),
                context.getVirtualServerName() + context.getContextPath(),
                version(context));
    }

    private static String version(ServletContext context) {
        try (InputStream in = context.getResourceAsStream("/META-INF/MANIFEST.MF")) {
            String version = in == null
                    ? null
                    : new Manifest(in).getMainAttributes().getValue(Attributes.Name.IMPLEMENTATION_VERSION);
            return version == null ? "from source" : version;
        } catch (IOException unreadable) {
            return "unknown";
        }
    }

    private WebPages pages(List<String> names) {
        return WebPages.builder()
                .hosts(names, "the setting " + NAMES)
                .replica(replica)
                .build();
    }

    private static List<String> names(Setting setting) {
        List<String> names = new ArrayList<>();
        for (String name : setting.value().split(",", -1)) {
            names.add(name.strip());
        }
        return names;
    }

    /** {@return the states of the policies; their locations say who set them} */
    private List<GateState> states() {
        String setBy = " (set by " + gate.policy().origin() + ")";
        return gate.states().stream()
                .map(state -> state.withLocation(
                        (state.location().isEmpty() ? gate.policy().value() : state.location()) + setBy))
                .toList();
    }

    private ReplicaReadiness readiness() {
        List<String> obstacles = new ArrayList<>(gate.obstacles());
        gate.policyProblem()
                .ifPresent(problem -> obstacles.add(
                        0, "The setting of the policies is invalid, and everything is denied: " + problem));
        List<String> warnings = new ArrayList<>();
        gate.registriesProblem()
                .ifPresent(problem ->
                        warnings.add("The registries of " + gate.registries().source()
                                + " are not in use. Policies with rules on the content of images are refused until the file is"
                                + " corrected and the application restarted: " + problem));
        if (namesProblem != null) {
            warnings.add(namesProblem);
        }
        return new ReplicaReadiness(obstacles, warnings);
    }

    /** {@return whether a client may see the pages: if no host names are set, only one on this machine} */
    boolean admits(HttpServletRequest request) {
        return isNamed
                || (isLoopback(request.getRemoteAddr())
                        && isLoopback(request.getLocalAddr())
                        && FORWARDED.stream().allMatch(header -> request.getHeader(header) == null));
    }

    private static boolean isLoopback(@Nullable String address) {
        return address != null && LOOPBACK.matcher(address).matches();
    }

    /** {@return the answer to a request for a page} */
    PageAnswer answer(PageRequest request) {
        return pages.answer(request);
    }

    /** {@return what shows decisions} */
    DecisionListener listener() {
        return replica;
    }

    @Override
    public void close() {
        pages.close();
    }
}
