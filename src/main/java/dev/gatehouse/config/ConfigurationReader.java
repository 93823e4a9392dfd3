package dev.gatehouse.config;

import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.Problem;
import dev.gatehouse.document.Problems;
import dev.gatehouse.document.TreeReader;
import dev.gatehouse.template.LinkedTemplates;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a gateway's files and the local file beside them to a configuration, or to all problems that prevent one
 * (CFG-23). Bad input never throws. Thread-safe.
 */
public final class ConfigurationReader {
    /** The local file that is looked for beside the gateway file. */
    public static final String LOCAL_FILE_NAME = "gatehouse.local.json";

    private final Surroundings surroundings;

    /** A reader on this machine; it keeps nothing between loads. */
    public ConfigurationReader() {
        this(Surroundings.ofThisProcess());
    }

    /**
     * A reader that takes clock, environment and JVM from elsewhere.
     *
     * @param surroundings what to take for them
     */
    public ConfigurationReader(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /**
     * A text that is no file of its own, such as a resource of a WAR.
     *
     * @param name how problems call it
     * @param bytes its content, UTF-8
     */
    @SuppressWarnings("ArrayRecordComponent") // passed on once, never compared
    public record Source(String name, byte[] bytes) {}

    /**
     * Reads one file without parameters.
     *
     * @param file the gateway file, in any shape of config-model.md section 1
     * @param local the local file; empty means {@value #LOCAL_FILE_NAME} beside the gateway file, if there is one
     * @return the configuration, or why there is none; relative paths of the local file start at its directory
     */
    public LoadResult load(Path file, Optional<Path> local) {
        return load(LoadRequest.of(file, local));
    }

    /**
     * Reads files.
     *
     * @param request what to load
     * @return the configuration, or why there is none; relative paths of the local file start at its directory
     */
    public LoadResult load(LoadRequest request) {
        Path localFile = localFile(request);
        boolean readsLocal = request.local().isPresent() || Files.exists(localFile);
        Problems problems = new Problems();
        FileSet files = new FileSet(problems);
        Optional<ObjectNode> local = readsLocal ? files.object(localFile) : Optional.empty();
        LoadResult result =
                load(request, files, local, problems).run(localFile.toString()).result();
        files.seen().add(localFile);
        return result.from(files.seen());
    }

    /**
     * A local file with which a gateway could start here; the one beside it is not read.
     *
     * @param request what to load
     * @return the text of the local file, and the problems that no local file can mend
     */
    public Suggestion suggestLocal(LoadRequest request) {
        Problems before = new Problems();
        Load.Outcome first =
                load(request, new FileSet(before), Optional.empty(), before).run("");
        if (first.gateway().isEmpty() || first.chosen().isEmpty()) {
            return new Suggestion(Optional.empty(), errors(first.result()));
        }
        Map<String, Object> file =
                new LocalSuggestion(first.gateway().get(), first.chosen().get().node()).machine();
        Problems after = new Problems();
        byte[] text = JsonTree.write(file).getBytes(StandardCharsets.UTF_8);
        FileSet files = new FileSet(after);
        Optional<ObjectNode> local = TreeReader.read(LOCAL_FILE_NAME, text, after)
                .map(TreeReader.Tree::root)
                .flatMap(files::object);
        Load.Outcome second = load(request, files, local, after).run(LOCAL_FILE_NAME);
        Blanks.add(file, after.needs());
        return new Suggestion(Optional.of(JsonTree.write(file)), errors(second.result()));
    }

    /**
     * A suggested local file. Immutable.
     *
     * @param text JSON; empty if no gateway could be found
     * @param problems the errors that remain, those left out that the file's blanks stand for
     */
    public record Suggestion(Optional<String> text, List<Problem> problems) {
        /** Copies the list. */
        public Suggestion {
            problems = List.copyOf(problems);
        }
    }

    private static List<Problem> errors(LoadResult result) {
        return result.problems().stream()
                .filter(problem ->
                        problem.severity() == Problem.Severity.ERROR && problem.kind() != Problem.Kind.BINDING)
                .toList();
    }

    private static Path localFile(LoadRequest request) {
        return request.local().orElse(folder(request).resolve(LOCAL_FILE_NAME));
    }

    private static Path folder(LoadRequest request) {
        Path first = request.files().get(0);
        return Files.isDirectory(first) ? first : folderOf(first);
    }

    private Load load(LoadRequest request, FileSet files, Optional<ObjectNode> local, Problems problems) {
        List<ObjectNode> parameterFiles = new ArrayList<>();
        for (Path file : request.parameterFiles()) {
            files.object(file).ifPresent(parameterFiles::add);
        }
        List<TreeReader.Tree> trees = new ArrayList<>();
        List<Path> named = files.files(request.files());
        for (Path file : named) {
            files.tree(file).ifPresent(tree -> {
                // Alone, a parameter file may be the gateway itself; among others it is what its schema says.
                if (named.size() > 1
                        && tree.root() instanceof ObjectNode root
                        && GivenParameters.isParameterFile(root)) {
                    parameterFiles.add(root);
                } else {
                    trees.add(tree);
                }
            });
        }
        LinkedFiles linked = new LinkedFiles(folder(request), files::object);
        Path localFolder = folderOf(localFile(request));
        return new Load(
                trees,
                local,
                localFolder,
                parameterFiles,
                request.parameters(),
                request.gateway(),
                linked,
                folder(request),
                surroundings,
                problems);
    }

    /**
     * Reads texts.
     *
     * @param gateway the gateway file's content
     * @param local the local file's content, if any
     * @param directory where relative paths of both files start
     * @return the configuration, or why there is none
     */
    public LoadResult load(Source gateway, Optional<Source> local, Path directory) {
        Problems problems = new Problems();
        FileSet files = new FileSet(problems);
        List<TreeReader.Tree> trees = tree(gateway, problems).map(List::of).orElse(List.of());
        Optional<ObjectNode> localRoot = local.flatMap(source -> tree(source, problems))
                .map(TreeReader.Tree::root)
                .flatMap(files::object);
        Load load = new Load(
                trees,
                localRoot,
                directory,
                List.of(),
                Map.of(),
                Optional.empty(),
                LinkedTemplates.NONE,
                directory,
                surroundings,
                problems);
        return load.run(local.map(Source::name).orElse("")).result();
    }

    private static Optional<TreeReader.Tree> tree(Source source, Problems problems) {
        return TreeReader.read(source.name(), source.bytes(), problems);
    }

    private static Path folderOf(Path file) {
        return Optional.ofNullable(file.getParent()).orElse(Path.of(""));
    }
}
