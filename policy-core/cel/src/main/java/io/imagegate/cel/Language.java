package io.imagegate.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.extensions.CelSetsExtensions;
import dev.cel.extensions.CelStringExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.imagegate.rule.CelSyntaxException;
import io.imagegate.rule.CelSyntaxException.Fault;
import java.util.List;
import java.util.Map;

/**
 * Compiles expressions: CEL with its standard functions and macros, some functions on text, and sets. Functions whose result may be
 * many times larger than their arguments are left out. Immutable and thread-safe.
 */
final class Language {

    static final Language INSTANCE = new Language();

    private final CelCompiler compiler;
    private final CelRuntime runtime;

    private Language() {
        CelOptions options = CelOptions.current()
                .enableHeterogeneousNumericComparisons(true)
                .maxExpressionCodePointSize(Limits.EXPRESSION)
                .maxParseRecursionDepth(Limits.BRACKETS)
                .comprehensionMaxIterations(Limits.ITERATIONS)
                .maxRegexProgramSize(Limits.REGEX)
                .build();
        Variables.Types types = new Variables.Types();
        CelStringExtensions strings = CelExtensions.strings(
                CelStringExtensions.Function.CHAR_AT,
                CelStringExtensions.Function.INDEX_OF,
                CelStringExtensions.Function.LAST_INDEX_OF,
                CelStringExtensions.Function.LOWER_ASCII,
                CelStringExtensions.Function.UPPER_ASCII,
                CelStringExtensions.Function.SPLIT,
                CelStringExtensions.Function.SUBSTRING,
                CelStringExtensions.Function.TRIM);
        CelSetsExtensions sets = CelExtensions.sets(options);
        CelCompilerBuilder builder = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(options)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .setTypeProvider(types)
                .addLibraries(strings, sets);
        Variables.types().forEach(builder::addVar);
        compiler = builder.build();
        runtime = CelRuntimeFactory.plannerRuntimeBuilder()
                .setOptions(options)
                .setTypeProvider(types)
                .addLibraries(strings, sets)
                .build();
    }

    /**
     * Compiles a condition.
     *
     * @throws CelSyntaxException if it is no expression, has another type or exceeds a limit
     */
    Expression condition(String text) {
        return compile(text, SimpleType.BOOL);
    }

    /**
     * Compiles an expression that makes a sentence.
     *
     * @throws CelSyntaxException if it is no expression, has another type or exceeds a limit
     */
    Expression message(String text) {
        return compile(text, SimpleType.STRING);
    }

    private Expression compile(String text, CelType type) {
        if (text.isBlank()) {
            throw fault(text, "an empty expression, expected one such as image.registry == 'ghcr.io'");
        }
        if (text.length() > Limits.EXPRESSION) {
            throw fault(text, text.length() + " characters, expected an expression of at most " + Limits.EXPRESSION);
        }
        CelValidationResult result = parse(text);
        if (result.hasError()) {
            throw new CelSyntaxException(Faults.of(text, result.getErrors()));
        }
        try {
            CelAbstractSyntaxTree tree = result.getAst();
            if (!tree.getResultType().equals(type)) {
                throw fault(text, "the value is " + tree.getResultType().name() + ", expected " + type.name());
            }
            List<CelNavigableExpr> nodes =
                    CelNavigableAst.fromAst(tree).getRoot().allNodes().toList();
            check(text, nodes);
            Map<Long, Integer> matched = RegularExpressions.check(text, tree, nodes);
            RegistryUses registry = RegistryUses.in(text, tree, nodes);
            // The sentence of a violation may depend on it.
            boolean spelling = type.equals(SimpleType.BOOL) && registry.mayDependOnSpelling();
            return new Expression(
                    text,
                    runtime.createProgram(tree),
                    spelling ? runtime.createProgram(registry.asWritten()) : null,
                    Named.in(nodes),
                    Charges.ofSets(nodes),
                    matched);
        } catch (CelValidationException | CelEvaluationException e) {
            throw fault(text, String.valueOf(e.getMessage()));
        }
    }

    private CelValidationResult parse(String text) {
        try {
            return compiler.compile(text);
        } catch (StackOverflowError e) {
            // The compiler descends into operands as deep as they are nested, and knows no limit.
            throw tooDeep(text);
        }
    }

    private static void check(String text, List<CelNavigableExpr> nodes) {
        for (CelNavigableExpr node : nodes) {
            if (node.getKind() == CelExpr.ExprKind.Kind.STRUCT) {
                throw fault(text, "it makes a message of Protocol Buffers, expected none");
            }
            if (node.depth() > Limits.DEPTH) {
                throw tooDeep(text);
            }
        }
    }

    private static CelSyntaxException tooDeep(String text) {
        return fault(
                text,
                "operands nested too deeply, expected at most " + Limits.DEPTH + " levels, such as terms of a sum");
    }

    private static CelSyntaxException fault(String text, String sentence) {
        return new CelSyntaxException(List.of(Fault.at(text, 0, sentence)));
    }
}
