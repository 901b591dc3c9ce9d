@{
    ExcludeRules = @(
        # Scripts are UTF-8 without byte order mark, as PowerShell 7 reads and writes them.
        'PSUseBOMForUnicodeEncodedFile'
        # Pester's blocks share variables in a way that the rule cannot see.
        'PSUseDeclaredVarsMoreThanAssignments'
        # Tests make secrets of their own.
        'PSAvoidUsingConvertToSecureStringWithPlainText'
        'PSAvoidUsingPositionalParameters'
        'PSReviewUnusedParameter'
        # Helpers of tests and samples change nothing that asks for -WhatIf.
        'PSUseShouldProcessForStateChangingFunctions'
    )
}
