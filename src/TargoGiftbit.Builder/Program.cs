using TargoGiftbit.Builder;
using TargoGiftbit.Builder.Help;
using TargoGiftbit.Builder.Packing;

Dictionary<string, Action<Arguments>> tasks = new(StringComparer.Ordinal)
{
    ["help"] = WriteHelp,
    ["pack"] = Pack,
};

if (args.Length == 0 || !tasks.TryGetValue(args[0], out var task))
{
    Console.Error.WriteLine($"Usage: TargoGiftbit.Builder {string.Join('|', tasks.Keys)} --name value…");
    return 2;
}
task(new Arguments(args[1..]));
return 0;

static void WriteHelp(Arguments given)
{
    var reader = new CmdletReader(DocComments.Load(given.Many("comments")));
    var module = new ModuleAssembly(given.One("lib"), given.One("engine"));
    var cmdlets = module.Cmdlets().Select(c => reader.Read(c.Name, c.Type)).ToList();
    MamlWriter.Write(given.One("maml"), cmdlets);
    MarkdownWriter.Write(given.One("markdown"), cmdlets);
}

static void Pack(Arguments given)
{
    var package = new ModulePackage(given.One("module"), given.One("version"));
    foreach (var line in package.Write(File.ReadAllText(given.One("changelog")), given.One("output"), given.One("sources"))) Console.WriteLine(line);
}
