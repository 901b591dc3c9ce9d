using System.Collections;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Runspaces;
using System.Security;

namespace TargoGiftbit.Module.TestCommands;

/// <summary>Runs a script where somebody sits who gives the same answer to every question, and returns what was asked and what came of it.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "TestConversation")]
[OutputType(typeof(PSObject))]
public sealed class InvokeTestConversationCommand : PSCmdlet
{
    private static readonly Lock Gate = new();
    private static readonly AnsweringHost Somebody = new();
    private static Runspace? session;

    [Parameter(Mandatory = true, Position = 0)] public string Script { get; set; } = "";

    /// <summary>The label of a choice: <c>Yes</c>, <c>No</c>.</summary>
    [Parameter(Mandatory = true)] public string Answer { get; set; } = "";

    /// <summary>Modules of the session.</summary>
    [Parameter(Mandatory = true)] public string[] Module { get; set; } = [];

    /// <summary>Variables of the session.</summary>
    [Parameter] public IDictionary Variable { get; set; } = new Hashtable();

    protected override void EndProcessing()
    {
        lock (Gate)
        {
            Somebody.Voice.Answer = Answer;
            Somebody.Voice.Questions.Clear();
            session ??= Open();
            foreach (DictionaryEntry one in Variable) session.SessionStateProxy.SetVariable((string)one.Key, one.Value);
            using var shell = PowerShell.Create();
            shell.Runspace = session;
            var output = shell.AddScript(Script).Invoke();
            var told = new PSObject();
            told.Properties.Add(new PSNoteProperty("Output", output));
            told.Properties.Add(new PSNoteProperty("Questions", Somebody.Voice.Questions.ToArray()));
            told.Properties.Add(new PSNoteProperty("Errors", shell.Streams.Error.ToArray()));
            WriteObject(told);
        }
    }

    private Runspace Open()
    {
        var state = InitialSessionState.CreateDefault2();
        state.ImportPSModule(Module);
        var opened = RunspaceFactory.CreateRunspace(Somebody, state);
        opened.Open();
        return opened;
    }

    private sealed class AnsweringHost : PSHost
    {
        internal Voice Voice { get; } = new();

        public override CultureInfo CurrentCulture => CultureInfo.InvariantCulture;

        public override CultureInfo CurrentUICulture => CultureInfo.InvariantCulture;

        public override Guid InstanceId { get; } = Guid.NewGuid();

        public override string Name => "Somebody";

        public override PSHostUserInterface UI => Voice;

        public override Version Version { get; } = new(1, 0);

        public override void EnterNestedPrompt() => throw new NotSupportedException();

        public override void ExitNestedPrompt() => throw new NotSupportedException();

        public override void NotifyBeginApplication()
        {
        }

        public override void NotifyEndApplication()
        {
        }

        public override void SetShouldExit(int exitCode)
        {
        }
    }

    private sealed class Voice : PSHostUserInterface
    {
        internal string Answer { get; set; } = "";

        internal List<string> Questions { get; } = [];

        public override PSHostRawUserInterface? RawUI => null;

        public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
        {
            Questions.Add(message);
            return choices.ToList().FindIndex(choice => choice.Label.Replace("&", "", StringComparison.Ordinal) == Answer);
        }

        public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) => throw new NotSupportedException();

        public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) => throw new NotSupportedException();

        public override PSCredential PromptForCredential(
            string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) => throw new NotSupportedException();

        public override string ReadLine() => throw new NotSupportedException();

        public override SecureString ReadLineAsSecureString() => throw new NotSupportedException();

        public override void Write(string value)
        {
        }

        public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value)
        {
        }

        public override void WriteDebugLine(string message)
        {
        }

        public override void WriteErrorLine(string value)
        {
        }

        public override void WriteLine(string value)
        {
        }

        public override void WriteProgress(long sourceId, ProgressRecord record)
        {
        }

        public override void WriteVerboseLine(string message)
        {
        }

        public override void WriteWarningLine(string message)
        {
        }
    }
}
