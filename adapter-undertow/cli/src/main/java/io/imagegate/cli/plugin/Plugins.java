package io.imagegate.cli.plugin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.imagegate.input.Input;
import io.imagegate.input.InputFactory;
import io.imagegate.manifest.Inputs;
import io.imagegate.rule.RuleFactory;
import io.imagegate.workload.Workloads;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.net.URLDecoder;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The jars of a folder, loaded. In what {@link #run} runs, and in the threads that it starts, {@link ServiceLoader} finds their
 * factories of rules and of formats. A class that the program has itself is the program's, also for the jars.
 */
public final class Plugins implements AutoCloseable {

    private static final int LONGEST_LIST = 1 << 16;

    private final URLClassLoader loader;

    private Plugins(URLClassLoader loader) {
        this.loader = loader;
    }

    /**
     * Loads the jars of a folder, and makes one of each of their factories.
     *
     * @param folder of files named {@code *.jar}; folders in it are not searched
     * @return the jars
     * @throws PluginProblem if a jar cannot be loaded, none has a factory, or two things have one name
     */
    public static Plugins open(Path folder) {
        Map<String, Object> formats = new TreeMap<>();
        Inputs.of(Workloads.wellKnown()).forEach(format -> formats.put(format.name(), format));
        URL[] jars = JarFolder.urls(JarFolder.jars(folder));
        Plugins plugins = new Plugins(new URLClassLoader("plugins", jars, Plugins.class.getClassLoader()));
        try {
            plugins.readAll(formats);
            return plugins;
        } catch (PluginProblem unusable) {
            plugins.close();
            throw unusable;
        }
    }

    /**
     * Runs a command with the jars.
     *
     * @param command the command
     * @return its exit status
     */
    public int run(IntSupplier command) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return command.getAsInt();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private void readAll(Map<String, Object> formats) {
        int found = read(RuleFactory.class, "rule", RuleFactory::name, new TreeMap<>());
        found += read(InputFactory.class, "format", factory -> name(factory.create()), formats);
        if (found == 0) {
            throw new PluginProblem("no rule and no format in its jars, expected META-INF/services/"
                    + RuleFactory.class.getName() + " or META-INF/services/" + InputFactory.class.getName());
        }
    }

    private static String name(Input format) {
        return format.name();
    }

    /** {@return how many factories of a service the jars have} */
    private <T> int read(Class<T> service, String what, Function<T, String> naming, Map<String, Object> known) {
        int found = 0;
        places("META-INF/services/" + service.getName()).forEach(Plugins::requireShort);
        Iterator<T> factories = ServiceLoader.load(service, loader).iterator();
        try {
            while (factories.hasNext()) {
                T factory = factories.next();
                String name = Objects.requireNonNull(naming.apply(factory), "its name is null");
                if (isOurs(factory)) {
                    found++;
                    requireOne(factory.getClass());
                    requireOne(what + " " + name, known.get(name), factory);
                }
                known.put(name, factory);
            }
            return found;
        } catch (ServiceConfigurationError | LinkageError broken) {
            throw new PluginProblem("a " + service.getSimpleName() + " cannot be loaded: " + broken.getMessage());
        } catch (PluginProblem ofTheJars) {
            throw ofTheJars;
        } catch (RuntimeException broken) {
            throw new PluginProblem("a " + service.getSimpleName() + " failed: " + broken);
        }
    }

    /** A {@link ServiceLoader} reads each list of factories into memory, whatever its length. */
    private static void requireShort(URL list) {
        try {
            URLConnection connection = list.openConnection();
            connection.setUseCaches(false);
            try (InputStream in = connection.getInputStream()) {
                if (in.readNBytes(LONGEST_LIST + 1).length > LONGEST_LIST) {
                    throw new PluginProblem(
                            jar(list) + ": expected a list of factories of at most " + LONGEST_LIST + " bytes");
                }
            }
        } catch (IOException unreadable) {
            throw new PluginProblem(jar(list) + " cannot be read as a jar: " + unreadable.getMessage());
        }
    }

    /** Two versions of a jar have factories of one class, of which a {@link ServiceLoader} sees the first. */
    private void requireOne(Class<?> factory) {
        List<URL> places = placesOf(factory);
        if (places.size() > 1) {
            throw twice("class " + factory.getName(), jar(places.get(0)), jar(places.get(1)));
        }
    }

    private void requireOne(String what, @Nullable Object other, Object factory) {
        if (other != null) {
            String first = isOurs(other) ? jar(placesOf(other.getClass()).get(0)) : "imagegate itself";
            throw twice(what, first, jar(placesOf(factory.getClass()).get(0)));
        }
    }

    private static PluginProblem twice(String what, String first, String second) {
        return new PluginProblem(
                "two of one name: " + what + " is in " + first + " and in " + second + "; remove one of them");
    }

    private boolean isOurs(Object factory) {
        return factory.getClass().getClassLoader() == loader;
    }

    private List<URL> placesOf(Class<?> type) {
        return places(type.getName().replace('.', '/') + ".class");
    }

    /** {@return where the jars have a file} */
    private List<URL> places(String file) {
        try {
            return Collections.list(loader.findResources(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The name of the file in {@code jar:file:/folder/NAME.jar!/Class.class}. */
    private static String jar(URL place) {
        String file = place.getPath();
        file = file.substring(0, file.indexOf(JarFolder.END_OF_JAR));
        return URLDecoder.decode(file.substring(file.lastIndexOf('/') + 1).replace("+", "%2B"), UTF_8);
    }

    @Override
    public void close() {
        try {
            loader.close();
        } catch (IOException stillOpen) {
            throw new UncheckedIOException(stillOpen);
        }
    }
}
