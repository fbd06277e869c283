/**
 * Sentences that advise or judge: what a nurse may say and an intake may not. Rules of form, not of meaning: they hold back what a model commonly says,
 * and no list of words holds back everything. A question ("Do you take aspirin?") is none.
 */
const medicine =
  /\b(?:aspirin|ibuprofen|acetaminophen|paracetamol|tylenol|advil|motrin|aleve|naproxen|antibiotics?|antihistamines?|benadryl|insulin|inhaler|nitroglycerin|steroids?|opioids?|pain ?killers?|pain relievers?|medications?|medicines?|tablets?|pills?|capsules?|drops|dos(?:e|es|age)|\d+ ?(?:mg|milligrams?|ml))\b/i;
const directive =
  /(?:^|\b(?:should|would|shouldn't|ought to|must|need to|have to|can|could|may|might want to|had better|you'd better|try to|try|please|just|then|so|recommend|suggest|advise|best to|good idea to|safe to|okay to|ok to|fine to|do not|don't|never)\b[^.?!]{0,40}?)\b(?:take|taking|use|using|apply|try|stop|start|skip|double|increase|reduce|give|inject|swallow|chew|continue|avoid)\b/i;

const praise = /\b(?:helps?|good for|works?|cures?|relieves?)\b/i;

export const isMedicationAdvice = (sentence: string): boolean =>
  !isQuestion(sentence) &&
  medicine.test(sentence) &&
  (directive.test(sentence.trim()) || praise.test(sentence));

const illness =
  '(?:heart attack|stroke|infection|flu|cold|migraine|allergy|allergic reaction|anxiety|depression|diabetes|cancer|pneumonia|covid|virus|panic attack|appendicitis|fracture|sprain|heartburn|indigestion|angina|shingles|arthritis|bronchitis|sinusitis|gout|ulcer|hernia|kidney stones?|strep throat|tonsillitis|vertigo|sepsis|thrombosis|embolism|dementia|meningitis|dehydration|asthma|hypertension|concussion|blood clot|food poisoning|pulled muscle)';
const dispositions = [
  /\b(?:not|n't|isn't|nothing|no|hardly|never)\b[^.?!]{0,30}\b(?:serious|an? emergency|dangerous|life.threatening|to worry|worry about|of concern|concerned? about|urgent|alarming)\b/i,
  /\b(?:don't|do not|needn't|no need to|no reason to) worry\b/i,
  /\byou(?:'ll| will|'re| are)(?: probably| likely| surely| going to)* (?:be )?(?:fine|okay|ok|all right|alright)\b/i,
  /\b(?:wait and see|sleep it off|walk it off|go away on its own|goes away by itself|will pass)\b/i,
  /\b(?:should|shouldn't|need to|needn't|must|ought to|have to|recommend|advise|suggest|better|no need to|don't need|do not need)\b[^.?!]{0,40}\b(?:go to|see|visit|call|wait|rest|stay|seek|get)\b[^.?!]{0,30}\b(?:emergency|er|hospital|doctor|physician|urgent care|9 ?1 ?1|ambulance|specialist|at home|home|in bed|it out|medical)\b/i,
  /\b(?:do not|don't|needn't|no|not) (?:really )?need (?:for |of )?(?:an? |the |any )?(?:ambulance|doctor|hospital|emergency|er)\b/i,
  /\b(?:i|i'd|i would|we) diagnose\b|\b(?:my|the|your) diagnosis is\b|\bonly (?:an? )?(?:cold|flu|virus|bug|scratch|sprain)\b/i,
  /(?:^|\b(?:should|would|just|please|can|could|try|then|and)\b[^.?!]{0,20})\b(?:put|use|hold|apply)\b[^.?!]{0,15}\b(?:ice|heat|cold pack|warm|bandage|cream|ointment)\b/i,
  /(?:^|\b(?:should|would|just|please|and|plenty)\b[^.?!]{0,15})\b(?:drink (?:plenty|lots|more|some|water|fluids)|lie down|get (?:some |plenty of )?rest|stay in bed)\b/i,
  new RegExp(
    `\\b(?:sounds?|looks?|seems?|could be|might be|may be|probably|likely|clearly|it is|it's|you have|you've got|suffering from)\\b[^.?!]{0,25}\\b${illness}\\b`,
    'i',
  ),
];

export const isDisposition = (sentence: string): boolean =>
  !isQuestion(sentence) && dispositions.some((pattern) => pattern.test(sentence));

const isQuestion = (sentence: string) => /\?["'”’)\]]*\s*$/.test(sentence);
