package io.imagegate;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a module promises: the public and protected declarations of the packages that it exports, each as a line. */
final class PublicApi {

    private static final int KEPT =
            Modifier.PUBLIC | Modifier.PROTECTED | Modifier.STATIC | Modifier.ABSTRACT | Modifier.FINAL;

    /** What every object has, so that no promise is made by naming it. */
    private static final Set<String> OF_EVERY_OBJECT = Set.of("equals", "hashCode", "toString");

    private static final Set<Class<?>> PLAIN = Set.of(Object.class, Record.class, Enum.class);

    private static final Type[] NONE = {};

    private PublicApi() {}

    /** The declarations of packages that were compiled to this folder and are on the class path, type by type. */
    static List<String> of(Path classes, List<String> packages) throws IOException {
        SortedMap<String, Class<?>> types = new TreeMap<>();
        for (String exported : packages) {
            try (Stream<Path> files = Files.list(classes.resolve(exported.replace('.', '/')))) {
                files.map(file -> file.getFileName().toString())
                        .filter(name -> name.endsWith(".class") && !name.equals("package-info.class"))
                        .map(name -> load(exported + "." + name.replace(".class", "")))
                        .filter(PublicApi::isVisible)
                        .forEach(type -> types.put(type.getName(), type));
            }
        }
        return types.values().stream().flatMap(PublicApi::lines).toList();
    }

    /** The packages that the module in this folder exports. */
    static List<String> exported(Path classes) {
        return ModuleFinder.of(classes).findAll().stream()
                .flatMap(module -> module.descriptor().exports().stream())
                .filter(exports -> !exports.isQualified())
                .map(ModuleDescriptor.Exports::source)
                .toList();
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, PublicApi.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isVisible(Class<?> type) {
        Class<?> outer = type.getEnclosingClass();
        return isVisible(type.getModifiers())
                && !type.isAnonymousClass()
                && !type.isLocalClass()
                && (outer == null || isVisible(outer));
    }

    private static boolean isVisible(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static Stream<String> lines(Class<?> type) {
        Stream<String> fields = Stream.of(type.getDeclaredFields())
                .filter(PublicApi::isDeclared)
                .map(PublicApi::line);
        Stream<String> code = Stream.<Executable>concat(
                        Stream.of(type.getDeclaredConstructors()), Stream.of(type.getDeclaredMethods()))
                .filter(PublicApi::isDeclared)
                .map(PublicApi::line);
        return Stream.concat(
                Stream.of(declaration(type)),
                Stream.concat(fields, code).sorted().map(member -> "  " + member));
    }

    private static boolean isDeclared(Member member) {
        return isVisible(member.getModifiers()) && !member.isSynthetic() && !OF_EVERY_OBJECT.contains(member.getName());
    }

    private static String declaration(Class<?> type) {
        StringBuilder text = new StringBuilder(Modifier.toString(type.getModifiers() & KEPT));
        text.append(
                type.isInterface()
                        ? " interface "
                        : type.isEnum() ? " enum " : type.isRecord() ? " record " : " class ");
        text.append(type.getName());
        append(text, " of ", type.getTypeParameters());
        append(text, " bounded by ", bounds(type));
        append(text, " extends ", superclass(type));
        append(text, " implements ", interfaces(type));
        append(text, " permits ", type.isSealed() ? type.getPermittedSubclasses() : NONE);
        return text.toString();
    }

    private static Type[] bounds(Class<?> type) {
        return Stream.of(type.getTypeParameters())
                .flatMap(parameter -> Stream.of(parameter.getBounds()))
                .filter(bound -> bound != Object.class)
                .toArray(Type[]::new);
    }

    private static Type[] superclass(Class<?> type) {
        return type.isInterface() || PLAIN.contains(type.getSuperclass())
                ? NONE
                : new Type[] {type.getGenericSuperclass()};
    }

    private static Type[] interfaces(Class<?> type) {
        return Stream.of(type.getAnnotatedInterfaces())
                .map(AnnotatedType::getType)
                .filter(each -> !(each instanceof Class<?> plain) || isVisible(plain.getModifiers()))
                .toArray(Type[]::new);
    }

    private static void append(StringBuilder text, String word, Type... types) {
        if (types.length > 0) {
            text.append(word).append(Arrays.stream(types).map(Type::getTypeName).collect(Collectors.joining(", ")));
        }
    }

    private static String line(Field field) {
        return field.toGenericString() + (isNullable(field.getAnnotatedType()) ? " nullable" : "");
    }

    private static String line(Executable code) {
        StringBuilder text = new StringBuilder(code.toGenericString());
        if (code instanceof Method method && isNullable(method.getAnnotatedReturnType())) {
            text.append(" nullable");
        }
        AnnotatedType[] parameters = code.getAnnotatedParameterTypes();
        for (int i = 0; i < parameters.length; i++) {
            if (isNullable(parameters[i])) {
                text.append(" nullable:").append(i + 1);
            }
        }
        return text.toString();
    }

    private static boolean isNullable(AnnotatedType type) {
        return type.isAnnotationPresent(Nullable.class);
    }
}
